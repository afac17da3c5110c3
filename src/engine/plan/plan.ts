import { setImmediate as nextTurn } from 'node:timers/promises'
import { controlTypes } from '../../controls/index.ts'
import type { Connection } from '../../model/connection.ts'
import type { ControlType } from '../../model/control-type.ts'
import type { Plan } from '../../model/plan.ts'
import type { PolicyType } from '../../model/policy.ts'
import type { Governing } from '../../model/policy-pack.ts'
import type { Resource } from '../../model/resource.ts'
import { sameJson } from '../../model/same-json.ts'
import type { Store } from '../../model/store.ts'
import type { Policies } from '../../policies/policies-of.ts'
import { statementsOf } from '../../policies/statements.ts'
import { repository } from '../../resources/repository.ts'
import type { Means } from '../means.ts'
import { policiesUnder, policySubjects } from '../policies-for.ts'
import { judging } from './judging.ts'
import { createTally } from './tally.ts'

/** So many resources are held at once. */
const atOnce = 500

interface Sides {
  readonly before: Governing
  readonly after: Governing
}

/**
 * What would follow if an organization were governed otherwise: every control that the difference touches, judged twice by
 * what is recorded. It asks GitHub nothing and writes nothing, and is held to a bounded memory.
 */
export async function planOf(
  means: Pick<Means, 'store' | 'log'>,
  connection: Connection,
  sides: Sides,
  now: number,
): Promise<Plan> {
  const tally = createTally()
  const touched = controlsTouched(sides)
  const policies = {
    before: await policiesUnder(means.store, connection, sides.before, now),
    after: await policiesUnder(means.store, connection, sides.after, now),
  }
  for (const [type, controls] of Map.groupBy(touched, ({ target }) => target))
    for await (const page of pagesOf(means.store, connection, type)) {
      await judgePage(means, connection, { controls, policies, tally, now }, page)
      await nextTurn()
    }
  return tally.plan()
}

/** The controls of whose policies something else is said. */
function controlsTouched({ before, after }: Sides): ControlType[] {
  const said = ({ settings, attachments, packs }: Governing) => {
    const statements = statementsOf({ settings, attachments, packs, folders: [] })
    return Map.groupBy(statements, ({ rule }) => rule.path)
  }
  const [old, young] = [said(before), said(after)]
  const isTouched = ({ path }: PolicyType) => !sameJson(contents(old.get(path)), contents(young.get(path)))
  return controlTypes.filter(
    ({ policy, subPolicies }) => isTouched(policy) || Object.values<PolicyType>(subPolicies).some(isTouched),
  )
}

/** Without what tells one writing from another. */
const contents = (statements: ReturnType<typeof statementsOf> = []) =>
  statements.map(({ rule, place, selector, attachment }) => {
    const { path, value, expression, precedence, startsAt, expiresAt } = rule
    const at = { folderId: place.folderId, resourceId: place.resourceId, selector, isPack: attachment !== null }
    return { path, value, expression, precedence, startsAt, expiresAt, ...at }
  })

async function* pagesOf(store: Store, { id }: Connection, type: string): AsyncIterable<Resource[]> {
  let last: Resource | undefined
  for (;;) {
    const after = last && { after: { title: last.title, id: last.id } }
    const page = await store.resources.list(id, { type, gone: false, limit: atOnce, ...after })
    if (page.length > 0) yield page
    if (page.length < atOnce) return
    last = page.at(-1)
  }
}

interface Judged {
  readonly controls: readonly ControlType[]
  readonly policies: { readonly before: Policies; readonly after: Policies }
  readonly tally: ReturnType<typeof createTally>
  readonly now: number
}

async function judgePage(
  means: Pick<Means, 'store' | 'log'>,
  connection: Connection,
  { controls, policies, tally, now }: Judged,
  page: readonly Resource[],
): Promise<void> {
  const readsProperties = policies.before.readsProperties || policies.after.readsProperties
  const subjectOf = await policySubjects(means.store, page, { readsProperties })
  const judge = await judging(means, connection, controls, page, now)
  for (const resource of page) {
    const subject = subjectOf(resource)
    const outcomes = controls.map((control) => {
      const outcome = (side: Policies) => judge(control, resource, (type) => side.valueFor(type, subject))
      return { path: control.path, before: outcome(policies.before), after: outcome(policies.after) }
    })
    const isSpared = controls.some(({ policy }) => policies.after.silenced(policy, subject).length > 0)
    const isRepository = resource.type === repository.type
    const isPublic = !isRepository || resource.data.visibility === 'public'
    tally.add({ title: resource.title, isPublic, isRepository, isSpared }, outcomes)
  }
}
