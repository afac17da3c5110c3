import { userInfo } from 'node:os'
import { Command, Option } from 'commander'
import { policyType, setPolicy, unsetPolicy } from '../engine/set-policy.ts'
import type { PolicyAnswer, PolicyType, Precedence } from '../model/policy.ts'
import { policyTypes } from '../policies/index.ts'
import { resolve } from '../policies/resolve.ts'
import { connectionsOf, resourceNamed, UsedWrongly, withGuardpost } from './opened.ts'
import { jsonOption, organizationOption, timeToCome } from './options.ts'
import { moment, print, printJson, say } from './output.ts'

const eventHandlers = '"GitHub > Organization > Event Handlers"'
const pathArgument = ['<path>', 'as the list has it, in quotes'] as const
const onOption = () =>
  new Option('--on <name>', 'an organization (acme) or a repository (acme/web)').makeOptionMandatory()

/** `guardpost policies`: what is asked of whom. */
export function policies(): Command {
  const command = new Command('policies')
    .description('Shows and sets what is asked of whom.')
    .addHelpText('after', `\nExamples:\n  guardpost policies\n  guardpost policies get ${eventHandlers} --on acme`)
  command
    .command('list', { isDefault: true })
    .description('Lists the policies with their defaults, and every setting.')
    .addOption(organizationOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost policies list --organization acme')
    .action(list)
  command
    .command('get')
    .argument(...pathArgument)
    .description('Shows the value in force, and where it comes from.')
    .addOption(onOption())
    .addOption(jsonOption())
    .addHelpText('after', `\nExample:\n  guardpost policies get ${eventHandlers} --on acme`)
    .action(get)
  command.addCommand(setCommand())
  command
    .command('unset')
    .argument(...pathArgument)
    .description('Takes a setting back.')
    .addOption(onOption())
    .addOption(jsonOption())
    .addHelpText('after', `\nExample:\n  guardpost policies unset ${eventHandlers} --on acme`)
    .action(unset)
  return command
}

const setExamples = `
Examples:
  guardpost policies set ${eventHandlers} "Enforce: Enabled" --on acme
  guardpost policies set "GitHub > Organization > Event Handlers > Source" "Organization webhook" --on acme
  guardpost policies set ${eventHandlers} Skip --on acme --note "moving house" --expires 2030-01-31T00:00:00Z`

const setCommand = (): Command =>
  new Command('set')
    .argument(...pathArgument)
    .argument('<value>', 'one that the policy takes, in quotes; members of a list separated by commas')
    .description('Sets a value, in place of the one set there before.')
    .addOption(onOption())
    .addOption(
      new Option('--precedence <precedence>', 'whether more specific settings may differ')
        .choices(['required', 'recommended'])
        .default('required'),
    )
    .option('--note <text>', 'why')
    .addOption(
      new Option('--expires <time>', 'until when it is in force, ISO 8601 with a time zone').argParser(timeToCome),
    )
    .addOption(jsonOption())
    .addHelpText('after', setExamples)
    .action(set)

async function list({ organization, json }: { organization?: string; json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { store } = guardpost.means
    const settings = []
    for (const { id } of await connectionsOf(guardpost, organization))
      for (const setting of await store.policies.list(id))
        settings.push({ ...setting, on: (await store.resources.get(id, setting.resourceId))?.title ?? '' })
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
            inWords(app) === inWords(token) ? inWords(app) : `${inWords(app)}; by a token ${inWords(token)}`,
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
          value: ({ value }) => inWords(value),
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

const inWords = (value: PolicyAnswer): string => (typeof value === 'string' ? value : value.join(', '))

interface On {
  readonly on: string
  readonly json?: boolean
}

async function get(path: string, { on, json }: On): Promise<void> {
  const type = policyType(path)
  await withGuardpost(async (guardpost) => {
    const { connection, resource } = await resourceNamed(guardpost, on)
    const { store, clock } = guardpost.means
    const ancestry = resource.parentId === null ? [resource.id] : [resource.id, resource.parentId]
    const value = resolve(type, await store.policies.list(connection.id, path), ancestry, connection, clock())
    if (json) return printJson(value)
    const { setting } = value
    say(inWords(value.value))
    say(
      setting
        ? `Set by ${setting.setBy} at ${moment(setting.createdAt)}, ${setting.precedence}, expires ${moment(setting.expiresAt)}.`
        : 'It is the default: nobody has set it.',
    )
    if (setting?.note) say(`Note: ${setting.note}`)
    say(`It decides: ${type.question}`)
    if (type.values) say(`It takes: ${type.values.join(', ')}.`)
  })
}

interface SetOptions extends On {
  readonly precedence: Precedence
  readonly note?: string
  readonly expires?: number
}

async function set(path: string, text: string, { on, json, precedence, note, expires }: SetOptions): Promise<void> {
  const type = policyType(path)
  await withGuardpost(async (guardpost) => {
    const { connection, resource } = await resourceNamed(guardpost, on)
    const setting = await setPolicy(guardpost.means, {
      connectionId: connection.id,
      resourceId: resource.id,
      path,
      value: answerOf(type, text),
      precedence,
      note: note ?? null,
      startsAt: null,
      expiresAt: expires ?? null,
      setBy: userInfo().username,
    })
    if (json) return printJson(setting)
    say(`Set on ${resource.title}: ${path} is ${inWords(setting.value)}. Guardpost judges by it now if it is running.`)
  })
}

const answerOf = ({ kind }: PolicyType, text: string): PolicyAnswer =>
  kind === 'list'
    ? text
        .split(',')
        .map((member) => member.trim())
        .filter(Boolean)
    : text

async function unset(path: string, { on, json }: On): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const { connection, resource } = await resourceNamed(guardpost, on)
    const where = { connectionId: connection.id, resourceId: resource.id, path, setBy: userInfo().username }
    const wasSet = await unsetPolicy(guardpost.means, where)
    if (!wasSet) throw new UsedWrongly(`${path} is not set on ${resource.title}. \`guardpost policies\` lists what is.`)
    if (json) printJson({ path, on: resource.title, unset: true })
    else say(`No longer set on ${resource.title}: ${path}. Guardpost judges by what is left now if it is running.`)
  })
}
