import { Command, Option } from 'commander'
import type { Guardpost } from '../../compose.ts'
import { deletePack, savePack } from '../../engine/packs.ts'
import { policyType } from '../../engine/wrong-policy.ts'
import type { PolicyRule } from '../../model/policy.ts'
import type { StoredPack } from '../../model/policy-pack.ts'
import { UsedWrongly, withGuardpost } from '../opened.ts'
import { jsonOption } from '../options.ts'
import { ourselves } from '../ourselves.ts'
import { printJson, say } from '../output.ts'
import { type RuleOptions, ruleOf, withRule } from '../policies/rule-options.ts'
import { keptPack, packOwner } from './found.ts'

interface Answering {
  readonly organization?: string
  readonly json?: boolean
}

const ownerOption = () =>
  new Option('--organization <login>', 'the organization whose pack it is; not said: it is everybody’s')

/** `guardpost packs create`. */
export const createCommand = (): Command =>
  new Command('create')
    .argument('<pack>', 'its name: lower-case letters, digits and hyphens')
    .description('Makes a pack with nothing in it, for all organizations or for one.')
    .option('--title <text>', 'what it is, in a few words', '')
    .option('--description <text>', 'what it is for', '')
    .addOption(ownerOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost packs create strict-web --title "Websites, strictly"')
    .action(create)

/** `guardpost packs set`. */
export const setCommand = (): Command =>
  withRule(
    new Command('set')
      .argument('<pack>', 'its name')
      .argument('<path>', 'the policy, as `guardpost policies` has it, in quotes')
      .argument('<value>', 'one that the policy takes, in quotes; members of a list separated by commas')
      .description('Sets a value in a pack, in place of the one it had.'),
  )
    .addOption(ownerOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExample:\n  guardpost packs set strict-web "GitHub > Repository > CMDB" "Enforce: Enabled"',
    )
    .action(set)

/** `guardpost packs unset`. */
export const unsetCommand = (): Command =>
  new Command('unset')
    .argument('<pack>', 'its name')
    .argument('<path>', 'the policy, in quotes')
    .description('Takes a setting out of a pack.')
    .addOption(ownerOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost packs unset strict-web "GitHub > Repository > CMDB"')
    .action(unset)

/** `guardpost packs delete`. */
export const deleteCommand = (): Command =>
  new Command('delete')
    .argument('<pack>', 'its name')
    .description('Deletes a pack that is attached nowhere.')
    .addOption(ownerOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost packs delete strict-web')
    .action(remove)

async function create(name: string, options: Answering & { title: string; description: string }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const connectionId = await packOwner(guardpost, options.organization)
    if ((await guardpost.means.store.packs.list(connectionId)).some((each) => each.name === name))
      throw new UsedWrongly(`There is a policy pack ${name} already. \`guardpost packs set\` changes it.`)
    const { title, description, json } = options
    const pack = { ...ourselves(), name, title, description, connectionId, settings: [] }
    answer(await savePack(guardpost.means, pack), `Made: the policy pack ${name}.`, json)
  })
}

async function set(
  name: string,
  path: string,
  text: string,
  { organization, json, ...options }: Answering & RuleOptions,
) {
  const rule = ruleOf(path, text, options)
  await withGuardpost(async (guardpost) => {
    const pack = await keptPack(guardpost, name, organization)
    const isThere = pack.settings.some((each) => each.path === path)
    const settings = isThere
      ? pack.settings.map((each) => (each.path === path ? rule : each))
      : [...pack.settings, rule]
    answer(await save(guardpost, pack, settings), `Set in ${name}: ${path} is ${text}, wherever it is attached.`, json)
  })
}

async function unset(name: string, path: string, { organization, json }: Answering): Promise<void> {
  policyType(path)
  await withGuardpost(async (guardpost) => {
    const pack = await keptPack(guardpost, name, organization)
    const settings = pack.settings.filter((each) => each.path !== path)
    if (settings.length === pack.settings.length) throw new UsedWrongly(`${path} is not set in ${name}.`)
    answer(await save(guardpost, pack, settings), `No longer set in ${name}: ${path}.`, json)
  })
}

async function remove(name: string, { organization, json }: Answering): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const pack = await keptPack(guardpost, name, organization)
    await deletePack(guardpost.means, pack, 'cli')
    answer(pack, `Deleted: the policy pack ${name}.`, json)
  })
}

const save = ({ means }: Guardpost, pack: StoredPack, settings: readonly PolicyRule[]): Promise<StoredPack> =>
  savePack(means, { ...pack, ...ourselves(), settings })

function answer(pack: StoredPack, said: string, json: boolean | undefined): void {
  if (json) printJson(pack)
  else say(said)
}
