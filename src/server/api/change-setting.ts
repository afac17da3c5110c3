import type { z } from '@hono/zod-openapi'
import type { Means } from '../../engine/means.ts'
import { isRequired, overridden } from '../../engine/overridden.ts'
import { setPolicy, unsetPolicy, WrongPolicy } from '../../engine/set-policy.ts'
import { scopeOf } from '../../model/access.ts'
import type { NewPolicySetting, PolicySetting } from '../../model/policy.ts'
import { permit } from './permit.ts'
import { notFound, Problem } from './problem.ts'
import type { newPolicySetting } from './shapes/policy.ts'
import type { Visitor } from './visitor.ts'

type Needed = Pick<Means, 'store' | 'clock'>

/** Sets a policy as somebody: what it overrides, and whether they may, is looked up in the transaction that sets it. */
export async function changeSetting(
  { store, clock }: Needed,
  visitor: Visitor,
  body: z.infer<typeof newPolicySetting>,
): Promise<PolicySetting> {
  const resource = await store.search.resource(scopeOf(visitor.holdings), body.resourceId)
  if (!resource) throw unfit('resourceId', `There is no resource ${body.resourceId}, or it is not for you to see.`)
  const wanted: NewPolicySetting = {
    connectionId: resource.connectionId,
    resourceId: resource.id,
    path: body.path,
    value: body.value,
    precedence: body.precedence,
    note: body.note ?? null,
    ...timesOf(body, clock()),
    setBy: visitor.login,
  }
  return store.transaction(async (tx) => {
    const means = { store: tx, clock }
    await permit(means, visitor, 'Operator', resource)
    if (await overridden(tx, wanted, clock())) await permit(means, visitor, 'Admin', resource)
    return setPolicy(means, wanted, 'console').catch((error: unknown) => {
      throw error instanceof WrongPolicy ? unfit(error.part, error.message) : error
    })
  })
}

/** Takes a setting back as somebody. */
export async function removeSetting({ store, clock }: Needed, visitor: Visitor, id: number): Promise<void> {
  const scope = scopeOf(visitor.holdings)
  await store.transaction(async (tx) => {
    const setting = await tx.search.policySetting(scope, id)
    const resource = setting && (await tx.search.resource(scope, setting.resourceId))
    if (!resource) throw notFound('such setting')
    const means = { store: tx, clock }
    await permit(means, visitor, isRequired(setting, clock()) ? 'Admin' : 'Operator', resource)
    await unsetPolicy(means, { ...setting, setBy: visitor.login }, 'console')
  })
}

const unfit = (part: string, detail: string): Problem => new Problem(422, detail, [{ pointer: `/${part}`, detail }])

function timesOf({ startsAt, expiresAt }: z.infer<typeof newPolicySetting>, now: number) {
  const [from, until] = [startsAt ?? null, expiresAt ?? null].map((time) => (time === null ? null : Date.parse(time)))
  if (until != null && until <= now) throw unfit('expiresAt', 'It is in the past: the setting would never be in force.')
  if (from != null && until != null && until <= from) throw unfit('expiresAt', 'It ends before it begins.')
  return { startsAt: from ?? null, expiresAt: until ?? null }
}
