import { createRoute, z } from '@hono/zod-openapi'
import { shippedPacks } from '../../engine/catalog.ts'
import { deletePack, savePack } from '../../engine/packs.ts'
import { scopeOf } from '../../model/access.ts'
import type { PolicyRule } from '../../model/policy.ts'
import type { PolicyPack, StoredPack } from '../../model/policy-pack.ts'
import type { Store } from '../../model/store.ts'
import { moment } from './asked.ts'
import { permit } from './permit.ts'
import { notFound, problems, refusedAsWrong, unfitPart, writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes, sent } from './routes.ts'
import { newPolicyPack, packChange, policyPack } from './shapes/policy.ts'
import { tellRule } from './tell-rule.ts'
import type { Visitor } from './visitor.ts'

const list = createRoute({
  method: 'get',
  path: '/policy-packs',
  summary: 'The policy packs there are: those that are shipped, and kept ones as far as the caller may see them',
  responses: { ...found(z.object({ items: z.array(policyPack) }), 'The packs.'), ...problems },
})

const show = createRoute({
  method: 'get',
  path: '/policy-packs/{id}',
  summary: 'One pack that is kept',
  request: { params: idParam },
  responses: { ...found(policyPack, 'The pack.'), ...problems },
})

const create = createRoute({
  method: 'post',
  path: '/policy-packs',
  summary: 'Makes a pack for one organization, or for all; takes an Admin there, or everywhere',
  request: { body: sent(newPolicyPack) },
  responses: { 201: found(policyPack, 'The pack.')[200], ...writeProblems },
})

const change = createRoute({
  method: 'put',
  path: '/policy-packs/{id}',
  summary: 'Changes a pack, wherever it is attached; takes an Admin of its organization, or everywhere',
  request: { params: idParam, body: sent(packChange) },
  responses: { ...found(policyPack, 'The pack.'), ...writeProblems },
})

const remove = createRoute({
  method: 'delete',
  path: '/policy-packs/{id}',
  summary: 'Deletes a pack that is attached nowhere; takes an Admin of its organization, or everywhere',
  request: { params: idParam },
  responses: { 204: { description: 'It is deleted.' }, ...writeProblems },
})

export const policyPacks = ({ means }: ApiMeans) => {
  const { store } = means
  return routes()
    .openapi(list, async (context) => {
      const kept = await packsFor(store, context.var.visitor)
      return context.json({ items: [...shippedPacks.map(tellShipped), ...kept.map(tellPack)] }, 200)
    })
    .openapi(show, async (context) => {
      const pack = await packFor(store, context.var.visitor, context.req.valid('param').id)
      return context.json(tellPack(pack), 200)
    })
    .openapi(create, async (context) => {
      const { visitor } = context.var
      const { connectionId = null, ...body } = context.req.valid('json')
      await permitPack(store, visitor, connectionId)
      if ((await store.packs.list(connectionId)).some(({ name }) => name === body.name))
        throw unfitPart('name', `There is a pack ${body.name} already.`)
      const pack = { ...body, settings: body.settings.map(ruleOf), connectionId, ...byOf(visitor) }
      return context.json(tellPack(await savePack(means, pack).catch(refusedAsWrong)), 201)
    })
    .openapi(change, async (context) => {
      const { visitor } = context.var
      const { name, connectionId } = await packFor(store, visitor, context.req.valid('param').id)
      await permitPack(store, visitor, connectionId)
      const body = context.req.valid('json')
      const pack = { ...body, settings: body.settings.map(ruleOf), name, connectionId, ...byOf(visitor) }
      return context.json(tellPack(await savePack(means, pack).catch(refusedAsWrong)), 200)
    })
    .openapi(remove, async (context) => {
      const { visitor } = context.var
      const pack = await packFor(store, visitor, context.req.valid('param').id)
      await permitPack(store, visitor, pack.connectionId)
      await deletePack(means, pack, visitor.source).catch(refusedAsWrong)
      return context.body(null, 204)
    })
}

const byOf = ({ login, source }: Visitor) => ({ source, origin: null, setBy: login })

/** The operator's packs are for those with a role everywhere; an organization's for those who see it as a whole. */
export async function packsFor(store: Store, { holdings }: Visitor): Promise<StoredPack[]> {
  const scope = scopeOf(holdings)
  const connections = await store.search.connections(scope)
  const owners = [...(scope === 'everything' ? [null] : []), ...connections.map(({ id }) => id)]
  return (await Promise.all(owners.map((id) => store.packs.list(id)))).flat()
}

async function packFor(store: Store, visitor: Visitor, id: number): Promise<StoredPack> {
  const pack = (await packsFor(store, visitor)).find((each) => each.id === id)
  if (!pack) throw notFound('such policy pack')
  return pack
}

/** Throws a `Problem` unless the visitor is Admin of the organization that a pack belongs to; null: everywhere. */
async function permitPack(store: Store, visitor: Visitor, connectionId: number | null): Promise<void> {
  if (connectionId === null) return permit({ store }, visitor, 'Admin', null)
  const connection = (await store.search.connections(scopeOf(visitor.holdings))).find(({ id }) => id === connectionId)
  const { organizationNodeId = '' } = connection ?? {}
  const root = connection && (await store.resources.byNodeId(connectionId, 'GitHub > Organization', organizationNodeId))
  if (!root) throw unfitPart('connectionId', 'There is no such connection, or it is not for you to see.')
  await permit({ store }, visitor, 'Admin', root)
}

type Rule = z.infer<typeof packChange>['settings'][number]

const timeOf = (time: string | null | undefined): number | null => (time == null ? null : Date.parse(time))

const ruleOf = ({ value = null, expression = null, note = null, startsAt, expiresAt, ...rest }: Rule): PolicyRule => ({
  ...rest,
  ...{ value, expression, note },
  startsAt: timeOf(startsAt),
  expiresAt: timeOf(expiresAt),
})

const tellShipped = ({ name, title, description, settings }: PolicyPack): z.infer<typeof policyPack> => ({
  ...{ id: null, name, title, description, connectionId: null, settings: settings.map(tellRule) },
  ...{ source: null, origin: null, setBy: null, changedAt: null },
})

const tellPack = ({ id, connectionId, source, origin, setBy, createdAt, ...pack }: StoredPack) => ({
  ...tellShipped(pack),
  ...{ id, connectionId, source, origin, setBy, changedAt: moment(createdAt) },
})
