import type { Connection } from '../../model/connection.ts'
import type { ControlType } from '../../model/control-type.ts'
import type { PolicyType } from '../../model/policy.ts'
import type { PolicyValue } from '../../model/policy-pack.ts'
import type { Resource } from '../../model/resource.ts'
import { intendedChanges } from '../enforcement/intended-changes.ts'
import { askedOf, evaluate, inputFor } from '../judge.ts'
import type { Means } from '../means.ts'
import { relatedTo, planOf as subscription } from '../related.ts'
import type { Outcome } from './tally.ts'

type Judge = (control: ControlType, resource: Resource, answer: (type: PolicyType) => PolicyValue) => Outcome

/** Judges controls of some resources by what is recorded, under any answers. */
export async function judging(
  means: Pick<Means, 'store' | 'log'>,
  connection: Connection,
  controls: readonly ControlType[],
  resources: readonly Resource[],
  now: number,
): Promise<Judge> {
  const related = await relatedTo(means.store, connection, controls, resources)
  const plan = await subscription(means.store, connection)
  return (control, resource, answer) => {
    const subject = { connection, control, resource, answer }
    const asked = askedOf(subject)
    if ('state' in asked) return { state: asked.state, changes: [] }
    const input = inputFor(subject, asked.wanted, { resource, related: related(control, resource), plan, now })
    const verdict = evaluate(means, subject, input)
    const isChanging = asked.mode === 'Enforce' && control.enforce !== undefined && verdict.state === 'alarm'
    const changes = isChanging ? intendedChanges(control, verdict, asked.wanted) : []
    const inWords = ({ field, before, after }: (typeof changes)[number]) => ({
      ...{ field, before: String(before), after: String(after) },
    })
    return { state: verdict.state, changes: changes.map(inWords) }
  }
}
