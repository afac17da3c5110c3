import { Command } from 'commander'
import { exceptionsIn, exceptionsOnFolders } from '../engine/exceptions.ts'
import { connectionsOf, withGuardpost } from './opened.ts'
import { jsonOption, organizationOption } from './options.ts'
import { moment, print } from './output.ts'
import { placeInWords, ruleInWords } from './policies/setting-in-words.ts'

const help = `
An exception asks something else of some than what is Required of all around them: a Required setting, or pack, further down.
It is made by \`guardpost policies set\`, best with a reason (--note) and an end (--expires); docs/policies.md says more.

Examples:
  guardpost exceptions
  guardpost exceptions --organization acme`

/** `guardpost exceptions`: what differs on purpose. */
export const exceptions = (): Command =>
  new Command('exceptions')
    .description('Lists what is Required below another Required, in force or to come; what expires first comes first.')
    .addOption(organizationOption())
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(list)

async function list({ organization, json }: { organization?: string; json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store, clock } = guardpost.means
    const now = clock()
    const connections = await connectionsOf(guardpost, organization)
    const below = await Promise.all(connections.map((connection) => exceptionsIn(store, connection, now)))
    const found = [...(organization === undefined ? await exceptionsOnFolders(store, now) : []), ...below.flat()]
    const rows = await Promise.all(
      found.map(async ({ statement: { rule, place, selector, setting, attachment, pack }, over }) => ({
        path: rule.path,
        on: await placeInWords(guardpost, place, selector),
        value: ruleInWords(rule),
        pack: pack?.name ?? null,
        insteadOf: ruleInWords(over.rule),
        requiredOn: await placeInWords(guardpost, over.place, over.selector),
        note: rule.note,
        owner: (setting ?? attachment)?.setBy ?? '',
        createdAt: (setting ?? attachment)?.createdAt ?? now,
        startsAt: rule.startsAt,
        expiresAt: rule.expiresAt,
      })),
    )
    const end = ({ expiresAt }: { expiresAt: number | null }) => expiresAt ?? Number.POSITIVE_INFINITY
    print(
      {
        rows: rows.toSorted((a, b) => end(a) - end(b) || a.createdAt - b.createdAt),
        columns: {
          policy: ({ path }) => path,
          on: ({ on }) => on,
          value: ({ value, pack }) => (pack ? `${value} (pack ${pack})` : value),
          'instead of': ({ insteadOf, requiredOn }) => `${insteadOf} (${requiredOn})`,
          owner: ({ owner }) => owner,
          age: ({ createdAt }) => `${Math.floor((now - createdAt) / 86_400_000)} d`,
          expires: ({ expiresAt }) => moment(expiresAt),
          why: ({ note }) => note ?? '',
        },
        empty: 'No exceptions: nothing is Required below another Required.',
      },
      json,
    )
  })
}
