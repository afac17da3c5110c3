import { createRoute, type z } from '@hono/zod-openapi'
import { type Preview, previewAttachment, previewSetting } from '../../engine/plan/preview.ts'
import { checkRule } from '../../engine/wrong-policy.ts'
import { settingAsked } from './change-setting.ts'
import { packAsked } from './policy-attachments.ts'
import { permitAt, placeAsked } from './policy-place.ts'
import { refusedAsWrong, unfitPart, writeProblems } from './problem.ts'
import { type ApiMeans, found, routes, sent } from './routes.ts'
import { planRequest, policyPlan } from './shapes/plan.ts'
import type { newPolicyAttachment, newPolicySetting } from './shapes/policy.ts'
import type { Visitor } from './visitor.ts'

const plan = createRoute({
  method: 'post',
  path: '/policy-plans',
  summary: 'What would follow from a setting or from a pack at a place, before it is made; takes an Operator there',
  request: { body: sent(planRequest) },
  responses: {
    ...found(policyPlan, 'What would change, by organization; of a folder the first 20.'),
    ...writeProblems,
  },
})

export const policyPlans = ({ means }: ApiMeans) =>
  routes().openapi(plan, async (context) => {
    const { visitor } = context.var
    const { setting, attachment } = context.req.valid('json')
    if (setting && !attachment) return context.json(tell(await ofSetting(means, visitor, setting)), 200)
    if (attachment && !setting) return context.json(tell(await ofAttachment(means, visitor, attachment)), 200)
    throw unfitPart('setting', 'It takes either `setting` or `attachment`.')
  })

async function ofSetting(means: ApiMeans['means'], visitor: Visitor, body: z.infer<typeof newPolicySetting>) {
  const wanted = await settingAsked(means, visitor, body)
  await permitAt(means.store, visitor, 'Operator', wanted)
  await Promise.resolve()
    .then(() => checkRule(wanted, wanted.selector))
    .catch(refusedAsWrong)
  return previewSetting(means, wanted)
}

async function ofAttachment(means: ApiMeans['means'], visitor: Visitor, body: z.infer<typeof newPolicyAttachment>) {
  const { pack: name, selector = null, ...at } = body
  const place = await placeAsked(means.store, visitor, at)
  const { pack, reference } = await packAsked(means.store, visitor, place.connectionId, name)
  await permitAt(means.store, visitor, 'Operator', place)
  const by = { source: visitor.source, origin: null, setBy: visitor.login }
  return previewAttachment(means, { ...place, ...reference, selector, position: null, ...by }, pack)
}

const tell = (previews: readonly Preview[]): z.infer<typeof policyPlan> => ({
  organizations: previews.map(
    ({ connection: { id, login }, plan: { states, changes, otherChanges, repositories } }) => ({
      connectionId: id,
      login,
      states: states.map(named),
      changes: changes.map(named),
      otherChanges,
      repositories,
    }),
  ),
})

const named = <Planned extends { examples: readonly { title: string }[] }>(planned: Planned) => ({
  ...planned,
  examples: planned.examples.slice(0, 10).map(({ title }) => title),
})
