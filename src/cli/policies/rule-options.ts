import { type Command, Option } from 'commander'
import { policyType } from '../../engine/wrong-policy.ts'
import type { PolicyAnswer, PolicyRule, Precedence } from '../../model/policy.ts'
import { timeToCome } from '../options.ts'

/** How a command is told what is asked, besides the policy and the answer. */
export interface RuleOptions {
  readonly expression?: true
  readonly precedence: Precedence
  readonly note?: string
  readonly starts?: number
  readonly expires?: number
}

export const withRule = (command: Command): Command =>
  command
    .option('--expression', 'what is given is an expression in CEL that gives the value')
    .addOption(
      new Option('--precedence <precedence>', 'whether more specific settings may differ')
        .choices(['required', 'recommended'])
        .default('required'),
    )
    .option('--note <text>', 'why')
    .addOption(
      new Option('--starts <time>', 'from when it is in force, ISO 8601 with a time zone').argParser(timeToCome),
    )
    .addOption(
      new Option('--expires <time>', 'until when it is in force, ISO 8601 with a time zone').argParser(timeToCome),
    )

/** What is asked by a policy and an answer as they were typed. Throws `WrongPolicy` for a policy that is not there. */
export const ruleOf = (path: string, text: string, options: RuleOptions): PolicyRule => ({
  path,
  value: options.expression ? null : answerOf(path, text),
  expression: options.expression ? text : null,
  precedence: options.precedence,
  note: options.note ?? null,
  startsAt: options.starts ?? null,
  expiresAt: options.expires ?? null,
})

const answerOf = (path: string, text: string): PolicyAnswer =>
  policyType(path).kind === 'list'
    ? text
        .split(',')
        .map((member) => member.trim())
        .filter(Boolean)
    : text
