import { createRoute } from '@hono/zod-openapi'
import { policyTypes } from '../../engine/catalog.ts'
import { exceptionsOf } from '../../engine/exceptions.ts'
import { scopeOf } from '../../model/access.ts'
import { isInForce } from '../../model/policy.ts'
import { type FoundSetting, settingTerms } from '../../model/search.ts'
import { asked, moment, told } from './asked.ts'
import { changeSetting, removeSetting } from './change-setting.ts'
import { notFound, problems, writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes, sent } from './routes.ts'
import { listQuery, pageOf } from './shapes/page.ts'
import { newPolicySetting, policySetting } from './shapes/policy.ts'
import { tellRule } from './tell-rule.ts'

const list = createRoute({
  method: 'get',
  path: '/policy-settings',
  summary: 'What is set where, newest first',
  request: { query: listQuery },
  responses: { ...found(pageOf(policySetting), 'A page of settings.'), ...problems },
})

const create = createRoute({
  method: 'post',
  path: '/policy-settings',
  summary:
    'Sets a policy, in place of what was set there; takes an Operator, or an Admin where a Required setting is overridden',
  request: { body: sent(newPolicySetting) },
  responses: {
    201: { description: 'As it is set.', content: { 'application/json': { schema: policySetting } } },
    ...writeProblems,
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/policy-settings/{id}',
  summary: 'Takes a setting back; takes an Operator, or an Admin for a Required one',
  request: { params: idParam },
  responses: { 204: { description: 'It is set no longer.' }, ...writeProblems },
})

const terms = settingTerms([...policyTypes.keys()])

export const policySettings = ({ means }: ApiMeans) => {
  const { store, clock } = means
  return routes()
    .openapi(list, async (context) => {
      const scope = scopeOf(context.var.visitor.holdings)
      const page = await store.search.policySettings(scope, asked(context.req.valid('query'), terms, clock()))
      const exceptions = await exceptionsOf(store, page.rows, clock())
      return context.json(
        told(page, (setting) => row(setting, exceptions, clock())),
        200,
      )
    })
    .openapi(create, async (context) => {
      const { visitor } = context.var
      const { id } = await changeSetting(means, visitor, context.req.valid('json'))
      const page = { filter: { words: [], terms: [] }, after: [id + 1], limit: 1, now: clock() }
      const [made] = (await store.search.policySettings(scopeOf(visitor.holdings), page)).rows
      if (made?.id !== id) throw notFound('such setting')
      return context.json(row(made, await exceptionsOf(store, [made], clock()), clock()), 201)
    })
    .openapi(remove, async (context) => {
      await removeSetting(means, context.var.visitor, context.req.valid('param').id)
      return context.body(null, 204)
    })
}

const row = (setting: FoundSetting, exceptions: ReadonlySet<number>, now: number) => ({
  id: setting.id,
  ...tellRule(setting),
  resource: setting.resource,
  folder: setting.folder,
  selector: setting.selector,
  source: setting.source,
  origin: setting.origin,
  setBy: setting.setBy,
  createdAt: moment(setting.createdAt),
  inForce: isInForce(setting, now),
  exception: exceptions.has(setting.id),
})
