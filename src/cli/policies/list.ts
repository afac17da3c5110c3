import { Command } from 'commander'
import type { Guardpost } from '../../compose.ts'
import type { PolicySetting } from '../../model/policy.ts'
import { policyTypes } from '../../policies/index.ts'
import { connectionsOf, withGuardpost } from '../opened.ts'
import { jsonOption, organizationOption } from '../options.ts'
import { moment, print, printJson, say } from '../output.ts'
import { answerInWords, authorInWords, placeInWords, ruleInWords } from './setting-in-words.ts'

/** `guardpost policies list`. */
export const listCommand = (): Command =>
  new Command('list')
    .description('Lists the policies with their defaults, and every setting.')
    .addOption(organizationOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost policies list --organization acme')
    .action(list)

async function list({ organization, json }: { organization?: string; json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const settings = await Promise.all(
      (await settingsOf(guardpost, organization)).map(async (setting) => ({
        ...setting,
        on: await placeInWords(guardpost, setting, setting.selector),
      })),
    )
    const types = [...policyTypes.values()].map((type) => ({
      ...type,
      default: { app: type.default({ kind: 'app' }), token: type.default({ kind: 'token' }) },
    }))
    if (json) return printJson({ types, settings })
    print(
      {
        rows: types,
        columns: {
          policy: ({ path }) => path,
          default: ({ default: { app, token } }) =>
            answerInWords(app) === answerInWords(token)
              ? answerInWords(app)
              : `${answerInWords(app)}; by a token ${answerInWords(token)}`,
          decides: ({ question }) => question,
        },
        empty: '',
      },
      false,
    )
    say('')
    print(
      {
        rows: settings,
        columns: {
          set: ({ path }) => path,
          on: ({ on }) => on,
          value: ruleInWords,
          precedence: ({ precedence }) => precedence,
          by: authorInWords,
          expires: ({ expiresAt }) => moment(expiresAt),
          note: ({ note }) => note ?? '',
        },
        empty: 'Nothing is set: every policy has its default.',
      },
      false,
    )
  })
}

/** Those on folders first, unless one organization's are asked for: then those of the folders above it. */
async function settingsOf(guardpost: Guardpost, organization: string | undefined): Promise<PolicySetting[]> {
  const { policies, folders } = guardpost.means.store
  const connections = await connectionsOf(guardpost, organization)
  if (organization !== undefined)
    return (await Promise.all(connections.map(({ id }) => policies.governing(id)))).flatMap(({ settings }) => settings)
  const onFolders = (await folders.list()).map(({ id }) => policies.ofFolder(id))
  return (await Promise.all([...onFolders, ...connections.map(({ id }) => policies.list(id))])).flat()
}
