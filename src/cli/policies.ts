import { userInfo } from 'node:os'
import { Command, Option } from 'commander'
import { policyType, setPolicy, unsetPolicy } from '../engine/set-policy.ts'
import type { PolicyAnswer, PolicyType, Precedence } from '../model/policy.ts'
import { policyTypes } from '../policies/index.ts'
import { resolve } from '../policies/resolve.ts'
import { connectionsOf, resourceNamed, UsedWrongly, withGuardpost } from './opened.ts'
import { moment, print, printJson } from './output.ts'

const example = `
Examples:
  guardpost policies get "GitHub > Organization > Event Handlers" --on acme
  guardpost policies set "GitHub > Organization > Event Handlers" "Enforce: Enabled" --on acme
  guardpost policies set "GitHub > Organization > Event Handlers > Source" "Organization webhook" --on acme
  guardpost policies unset "GitHub > Organization > Event Handlers" --on acme`

/** `guardpost policies`: what is asked of whom. */
export function policies(): Command {
  const command = new Command('policies')
    .description('Shows and sets what is asked of whom.')
    .addHelpText('after', example)
  command
    .command('list', { isDefault: true })
    .description('Lists the policy types and every setting.')
    .option('--organization <login>', 'settings of one organization only')
    .option('--json', 'as JSON')
    .action(list)
  command
    .command('get <path>')
    .description('Shows the value in force, and where it comes from.')
    .requiredOption('--on <name>', 'an organization (acme) or a repository (acme/web)')
    .option('--json', 'as JSON')
    .action(get)
  command
    .command('set <path> <value>')
    .description('Sets a value; a list is separated by commas.')
    .requiredOption('--on <name>', 'an organization (acme) or a repository (acme/web)')
    .addOption(
      new Option('--precedence <precedence>', 'whether more specific settings may differ')
        .choices(['required', 'recommended'])
        .default('required'),
    )
    .option('--note <text>', 'why')
    .option('--expires <time>', 'ISO 8601, e.g. 2027-01-31T00:00:00Z')
    .action(set)
  command
    .command('unset <path>')
    .description('Takes a setting back.')
    .requiredOption('--on <name>', 'an organization (acme) or a repository (acme/web)')
    .action(unset)
  return command
}

async function list({ organization, json }: { organization?: string; json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const settings = []
    for (const { id } of await connectionsOf(guardpost, organization))
      for (const setting of await store.policies.list(id))
        settings.push({ ...setting, on: (await store.resources.get(id, setting.resourceId))?.title ?? '' })
    const types = [...policyTypes.values()].map((type) => ({ ...type, default: type.default({ kind: 'app' }) }))
    if (json) return printJson({ types, settings })
    print(
      {
        rows: types,
        columns: {
          policy: ({ path }) => path,
          default: (type) => String(type.default),
          decides: ({ question }) => question,
        },
        empty: '',
      },
      false,
    )
    console.log('')
    print(
      {
        rows: settings,
        columns: {
          set: ({ path }) => path,
          on: ({ on }) => on,
          value: ({ value }) => String(value),
          precedence: ({ precedence }) => precedence,
          by: ({ setBy }) => setBy,
          expires: ({ expiresAt }) => moment(expiresAt),
          note: ({ note }) => note ?? '',
        },
        empty: 'Nothing is set: every policy has its default.',
      },
      false,
    )
  })
}

async function get(path: string, { on, json }: { on: string; json?: boolean }): Promise<void> {
  const type = policyType(path)
  await withGuardpost(async (guardpost) => {
    const { connection, resource } = await resourceNamed(guardpost, on)
    const { store, clock } = guardpost.means
    const ancestry = resource.parentId === null ? [resource.id] : [resource.id, resource.parentId]
    const value = resolve(type, await store.policies.list(connection.id, path), ancestry, connection, clock())
    if (json) return printJson(value)
    const from = value.setting
      ? `set by ${value.setting.setBy} at ${moment(value.setting.createdAt)}, ${value.setting.precedence}`
      : 'the default'
    console.log(
      `${String(value.value)}\n${from}. ${type.question}${type.values ? `\nIt takes: ${type.values.join(', ')}.` : ''}`,
    )
  })
}

interface SetOptions {
  on: string
  precedence: Precedence
  note?: string
  expires?: string
}

async function set(path: string, text: string, { on, precedence, note, expires }: SetOptions): Promise<void> {
  const type = policyType(path)
  const expiresAt = expires === undefined ? null : Date.parse(expires)
  if (Number.isNaN(expiresAt)) throw new UsedWrongly(`“${expires}” is no time: write it like 2027-01-31T00:00:00Z.`)
  await withGuardpost(async (guardpost) => {
    const { connection, resource } = await resourceNamed(guardpost, on)
    await setPolicy(guardpost.means, {
      connectionId: connection.id,
      resourceId: resource.id,
      path,
      value: answerOf(type, text),
      precedence,
      note: note ?? null,
      startsAt: null,
      expiresAt,
      setBy: userInfo().username,
    })
    console.log(`${path} is ${text} on ${resource.title}. The running \`guardpost start\` judges by it now.`)
  })
}

const answerOf = ({ kind }: PolicyType, text: string): PolicyAnswer =>
  kind === 'list'
    ? text
        .split(',')
        .map((member) => member.trim())
        .filter(Boolean)
    : text

async function unset(path: string, { on }: { on: string }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { connection, resource } = await resourceNamed(guardpost, on)
    const where = { connectionId: connection.id, resourceId: resource.id, path, setBy: userInfo().username }
    const wasSet = await unsetPolicy(guardpost.means, where)
    if (!wasSet) throw new UsedWrongly(`${path} is not set on ${resource.title}.`)
    console.log(`${path} is no longer set on ${resource.title}.`)
  })
}
