import type { z } from '@hono/zod-openapi'
import { binds } from '../../engine/catalog.ts'
import type { Means } from '../../engine/means.ts'
import { overrides } from '../../engine/overridden.ts'
import { setPolicy, unsetPolicy } from '../../engine/set-policy.ts'
import { scopeOf } from '../../model/access.ts'
import type { NewPolicySetting, PolicySetting } from '../../model/policy.ts'
import { permitAt, placeAsked } from './policy-place.ts'
import { notFound, refusedAsWrong, unfitPart } from './problem.ts'
import type { newPolicySetting } from './shapes/policy.ts'
import type { Visitor } from './visitor.ts'

type Needed = Pick<Means, 'store' | 'clock'>

/** Sets a policy as somebody: what it overrides, and whether they may, is looked up in the transaction that sets it. */
export async function changeSetting(
  { store, clock }: Needed,
  visitor: Visitor,
  body: z.infer<typeof newPolicySetting>,
): Promise<PolicySetting> {
  const wanted = await settingAsked({ store, clock }, visitor, body)
  return store.transaction(async (tx) => {
    await permitAt(tx, visitor, 'Operator', wanted)
    if (await overrides(tx, wanted, clock())) await permitAt(tx, visitor, 'Admin', wanted)
    return setPolicy({ store: tx, clock }, wanted).catch(refusedAsWrong)
  })
}

/** The setting that a request asks for. Throws a `Problem` where its place or its times are wrong. */
export const settingAsked = async (
  { store, clock }: Needed,
  visitor: Visitor,
  body: z.infer<typeof newPolicySetting>,
): Promise<NewPolicySetting> => ({
  ...(await placeAsked(store, visitor, body)),
  selector: body.selector ?? null,
  path: body.path,
  value: body.value ?? null,
  expression: body.expression ?? null,
  precedence: body.precedence,
  note: body.note ?? null,
  ...timesOf(body, clock()),
  source: visitor.source,
  origin: null,
  setBy: visitor.login,
})

/** Takes a setting back as somebody. */
export async function removeSetting({ store, clock }: Needed, visitor: Visitor, id: number): Promise<void> {
  const scope = scopeOf(visitor.holdings)
  await store.transaction(async (tx) => {
    const setting = await tx.search.policySetting(scope, id)
    if (!setting) throw notFound('such setting')
    await permitAt(tx, visitor, binds(setting, clock()) ? 'Admin' : 'Operator', setting)
    const by = { source: visitor.source, setBy: visitor.login }
    await unsetPolicy({ store: tx, clock }, { ...setting, ...by }).catch(refusedAsWrong)
  })
}

function timesOf(
  { startsAt, expiresAt }: Pick<z.infer<typeof newPolicySetting>, 'startsAt' | 'expiresAt'>,
  now: number,
) {
  const [from = null, until = null] = [startsAt, expiresAt].map((time) => (time == null ? null : Date.parse(time)))
  if (until !== null && until <= now)
    throw unfitPart('expiresAt', 'It is in the past: the setting would never be in force.')
  return { startsAt: from, expiresAt: until }
}
