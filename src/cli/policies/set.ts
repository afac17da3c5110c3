import { Command, Option } from 'commander'
import { setPolicy, unsetPolicy } from '../../engine/set-policy.ts'
import { policyType } from '../../engine/wrong-policy.ts'
import type { Selector } from '../../model/selector.ts'
import { UsedWrongly, withGuardpost } from '../opened.ts'
import { jsonOption } from '../options.ts'
import { ourselves } from '../ourselves.ts'
import { printJson, say } from '../output.ts'
import { placeNamed } from './place.ts'
import { type RuleOptions, ruleOf, withRule } from './rule-options.ts'
import { selectorOf, withSelector } from './selector-options.ts'
import { ruleInWords } from './setting-in-words.ts'

const eventHandlers = '"GitHub > Organization > Event Handlers"'
const pathArgument = ['<path>', 'as the list has it, in quotes'] as const
const onOption = () =>
  new Option('--on <place>', 'an organization (acme), a repository (acme/web) or a folder').makeOptionMandatory()

const setExamples = `
Examples:
  guardpost policies set ${eventHandlers} "Enforce: Enabled" --on acme
  guardpost policies set "GitHub > Organization > Event Handlers > Source" "Organization webhook" --on acme
  guardpost policies set "GitHub > Repository > CMDB" "Enforce: Enabled" --on Guardpost --precedence recommended
  guardpost policies set "GitHub > Repository > CMDB" Skip --on acme --name "sandbox-*" --archived no
  guardpost policies set "GitHub > Repository > CMDB" "resource.isFork ? 'Skip' : 'Enforce: Enabled'" --expression --on acme
  guardpost policies set ${eventHandlers} Skip --on acme --note "moving house" --expires 2030-01-31T00:00:00Z`

/** `guardpost policies set`. */
export const setCommand = (): Command =>
  withSelector(
    withRule(
      new Command('set')
        .argument(...pathArgument)
        .argument('<value>', 'one that the policy takes, in quotes; members of a list separated by commas')
        .description('Sets a value, in place of the one set there before.')
        .addOption(onOption()),
    ),
  )
    .addOption(jsonOption())
    .addHelpText('after', setExamples)
    .action(set)

/** `guardpost policies unset`. */
export const unsetCommand = (): Command =>
  withSelector(
    new Command('unset')
      .argument(...pathArgument)
      .description('Takes a setting back.')
      .addOption(onOption()),
  )
    .addOption(jsonOption())
    .addHelpText('after', `\nExample:\n  guardpost policies unset ${eventHandlers} --on acme`)
    .action(unset)

interface On extends Selector {
  readonly on: string
  readonly json?: boolean
}

async function set(path: string, text: string, { on, json, ...options }: On & RuleOptions): Promise<void> {
  const rule = ruleOf(path, text, options)
  await withGuardpost(async (guardpost) => {
    const { place, name } = await placeNamed(guardpost, on)
    const selector = selectorOf(options)
    const setting = await setPolicy(guardpost.means, { ...rule, ...place, selector, ...ourselves() })
    if (json) return printJson(setting)
    say(`Set on ${name}: ${path} is ${ruleInWords(setting)}. Guardpost judges by it now if it is running.`)
  })
}

async function unset(path: string, { on, json, ...options }: On): Promise<void> {
  policyType(path)
  await withGuardpost(async (guardpost) => {
    const { place, name } = await placeNamed(guardpost, on)
    const where = { ...place, path, selector: selectorOf(options) }
    const wasSet = await unsetPolicy(guardpost.means, { ...where, ...ourselves() })
    if (!wasSet) throw new UsedWrongly(`${path} is not set on ${name}. \`guardpost policies\` lists what is.`)
    if (json) printJson({ path, on: name, unset: true })
    else say(`No longer set on ${name}: ${path}. Guardpost judges by what is left now if it is running.`)
  })
}
