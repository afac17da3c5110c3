import { Command, Option } from 'commander'
import { withNames } from '../../engine/enforcement/with-names.ts'
import { type HeldEnforcement, type HoldKind, holdKinds } from '../../model/enforcement.ts'
import type { Json } from '../../model/resource.ts'
import type { Store } from '../../model/store.ts'
import { connectionsOf, withGuardpost } from '../opened.ts'
import { jsonOption, limitOption, organizationOption } from '../options.ts'
import { inWords, moment, print } from '../output.ts'

/** An enforcement that waits, with the names of what it is about. */
export type HeldRow = HeldEnforcement & { readonly path: string; readonly resource: string }

export const columns = {
  control: ({ controlId }: HeldRow) => String(controlId),
  policy: ({ path }: HeldRow) => path,
  on: ({ resource }: HeldRow) => resource,
  change: ({ changes }: HeldRow) =>
    changes.map(({ field, before, after }) => `${field}: ${words(before)} → ${words(after)}`).join(', '),
  reason: ({ reason, until }: HeldRow) => (until === null ? reason : `${reason} Until ${moment(until)}.`),
}

const words = (value: Json | undefined): string => inWords(value)

/** `guardpost enforcement waiting`: each enforcement that waits. */
export const waitingCommand = (): Command =>
  new Command('waiting')
    .description('Lists the enforcements that wait, with what they would change, and why they wait.')
    .addOption(organizationOption())
    .addOption(new Option('--kind <kind>', 'those that wait for it').choices(holdKinds))
    .addOption(limitOption(100))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost enforcement waiting --kind backing-off')
    .action(list)

interface Options {
  readonly organization?: string
  readonly kind?: HoldKind
  readonly limit: number
  readonly json?: boolean
}

async function list({ organization, kind, limit, json }: Options): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const rows: HeldRow[] = []
    for (const { id } of await connectionsOf(guardpost, organization))
      rows.push(...(await named(store, await store.enforcements.held(id, { limit, ...(kind && { kinds: [kind] }) }))))
    print({ rows, columns, empty: 'No enforcement waits.' }, json)
  })
}

/** The same with names. */
export const named = async (store: Store, held: readonly HeldEnforcement[]): Promise<HeldRow[]> =>
  (await withNames(store, held)).map((each) => ({ ...each, resource: each.resource.title }))
