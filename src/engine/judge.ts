import type { EvaluateInput } from '../model/control-type.ts'
import type { PolicyType } from '../model/policy.ts'
import type { Resource } from '../model/resource.ts'
import type { Verdict } from '../model/verdict.ts'
import { error as failed, invalid, skipped, tbd } from '../model/verdict.ts'
import { type Mode, parseMode } from '../policies/mode.ts'
import { fault } from '../policies/validate.ts'
import type { Means } from './means.ts'
import type { Subject } from './subject.ts'

export type Input = EvaluateInput<never, never, never>

interface Asked {
  readonly mode: Exclude<Mode, 'Skip'>
  readonly wanted: string
}

/** What a control's policy asks for; or the verdict, where there is nothing to judge. */
export function askedOf({ control, answer }: Pick<Subject, 'control' | 'answer'>): Asked | Verdict {
  const { path, value } = answer(control.policy)
  const answers = [control.policy, ...Object.values<PolicyType>(control.subPolicies)].map((type) => ({
    type,
    ...answer(type),
  }))
  // What an expression waits for is not known, and that is no answer.
  const unknown = answers.find(({ isUnknown }) => isUnknown)
  if (unknown) return tbd(unknown.fault ?? '')
  const wrong = answers
    .map(({ type, value, fault: failed }) => failed ?? fault(type, value))
    .find((each) => each !== null)
  const asked = parseMode(value)
  if (wrong || !asked) return invalid(wrong ?? `“${String(value)}” is no value of \`${path}\`.`)
  return asked.mode === 'Skip' ? skipped('The policy says Skip.') : { mode: asked.mode, wanted: asked.wanted }
}

/** What else there is to judge by. */
export interface Circumstances {
  readonly resource: Resource
  readonly related: Readonly<Record<string, Resource | null>>
  readonly plan: string | null
  readonly now: number
}

export function inputFor({ control, answer }: Subject, wanted: string, circumstances: Circumstances): Input {
  const values: Record<string, unknown> = {}
  for (const [name, type] of Object.entries<PolicyType>(control.subPolicies)) values[name] = answer(type).value
  return { ...circumstances, wanted, values } as unknown as Input
}

/** A control that throws is a fault of ours: it is said as such, and stops no other. */
export function evaluate({ log }: Pick<Means, 'log'>, { connection, control }: Subject, input: Input): Verdict {
  try {
    return control.evaluate(input)
  } catch (error) {
    log.error({ err: error, connection: connection.id, control: control.path }, 'A control failed')
    return failed('Guardpost failed to judge this; its log says why. Please report it.')
  }
}
