import { createRoute, z } from '@hono/zod-openapi'
import { attachmentsAt, attachPack, detachPack, orderPacks, packOf } from '../../engine/attach-pack.ts'
import { packOverrides } from '../../engine/overridden.ts'
import { isAnothers, packNamed } from '../../engine/packs.ts'
import { scopeOf } from '../../model/access.ts'
import type { PolicyAttachment } from '../../model/policy-pack.ts'
import { attachmentTerms, type FoundAttachment } from '../../model/search.ts'
import type { Store } from '../../model/store.ts'
import { asked, moment, told } from './asked.ts'
import { packsFor } from './policy-packs.ts'
import { permitAt, placeAsked } from './policy-place.ts'
import { notFound, problems, refusedAsWrong, unfitPart, writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes, sent } from './routes.ts'
import { listQuery, pageOf } from './shapes/page.ts'
import { attachmentOrder, newPolicyAttachment, policyAttachment } from './shapes/policy.ts'
import type { Visitor } from './visitor.ts'

const list = createRoute({
  method: 'get',
  path: '/policy-attachments',
  summary: 'Which policy packs are attached where; of each place the strongest first',
  request: { query: listQuery },
  responses: { ...found(pageOf(policyAttachment), 'A page of attachments.'), ...problems },
})

const create = createRoute({
  method: 'post',
  path: '/policy-attachments',
  summary: 'Attaches a pack, after those there; takes an Operator, or an Admin where a Required setting is overridden',
  request: { body: sent(newPolicyAttachment) },
  responses: { 201: found(policyAttachment, 'As it is attached.')[200], ...writeProblems },
})

const order = createRoute({
  method: 'put',
  path: '/policy-attachments/order',
  summary: 'Puts the packs of a place in an order, the strongest first; takes an Admin',
  request: { body: sent(attachmentOrder) },
  responses: { ...found(z.object({ ids: z.array(z.int()) }), 'The order.'), ...writeProblems },
})

const remove = createRoute({
  method: 'delete',
  path: '/policy-attachments/{id}',
  summary: 'Detaches a pack; takes an Admin',
  request: { params: idParam },
  responses: { 204: { description: 'It is attached no longer.' }, ...writeProblems },
})

export const policyAttachments = ({ means }: ApiMeans) => {
  const { store, clock } = means
  return routes()
    .openapi(list, async (context) => {
      const scope = scopeOf(context.var.visitor.holdings)
      const page = await store.search.policyAttachments(
        scope,
        asked(context.req.valid('query'), attachmentTerms, clock()),
      )
      const names = new Map(
        await Promise.all(page.rows.map(async (row) => [row.id, await nameOf(store, row)] as const)),
      )
      return context.json(
        told(page, (row) => tellAttachment(row, names.get(row.id) ?? '')),
        200,
      )
    })
    .openapi(create, async (context) => {
      const { visitor } = context.var
      const { pack: name, selector = null, ...at } = context.req.valid('json')
      const place = { ...(await placeAsked(store, visitor, at)), selector }
      const { pack, reference } = await packAsked(store, visitor, place.connectionId, name)
      await permitAt(store, visitor, 'Operator', place)
      const by = { source: visitor.source, origin: null, setBy: visitor.login }
      const { id } = await store.transaction(async (tx) => {
        if (await packOverrides(tx, pack, place, clock())) await permitAt(tx, visitor, 'Admin', place)
        const wanted = { ...place, ...reference, ...by, position: null }
        return attachPack({ store: tx, clock }, wanted, pack).catch(refusedAsWrong)
      })
      const rows = await foundAt(store, visitor, place, clock())
      const made = rows.find((row) => row.id === id)
      if (!made) throw notFound('such attachment')
      return context.json(tellAttachment(made, pack.name), 201)
    })
    .openapi(order, async (context) => {
      const { visitor } = context.var
      const { ids, ...at } = context.req.valid('json')
      const place = await placeAsked(store, visitor, at)
      await permitAt(store, visitor, 'Admin', place)
      await orderPacks(means, place, ids, { source: visitor.source, setBy: visitor.login })
      return context.json({ ids: (await attachmentsAt(store, place)).map(({ id }) => id) }, 200)
    })
    .openapi(remove, async (context) => {
      const { visitor } = context.var
      const attachment = await store.search.policyAttachment(scopeOf(visitor.holdings), context.req.valid('param').id)
      if (!attachment) throw notFound('such attachment')
      await permitAt(store, visitor, 'Admin', attachment)
      const by = { source: visitor.source, setBy: visitor.login }
      await detachPack(means, attachment, by).catch(refusedAsWrong)
      return context.body(null, 204)
    })
}

/** A pack that is there, and for the visitor to see. */
export async function packAsked(store: Store, visitor: Visitor, connectionId: number | null, name: string) {
  const found = await packNamed(store, connectionId, name)
  const { packId } = found?.reference ?? {}
  const visible = await packsFor(store, visitor)
  if (!found && visible.some((pack) => pack.name === name)) throw unfitPart('pack', isAnothers(name))
  const seen = packId == null || visible.some(({ id }) => id === packId)
  if (!found || !seen) throw unfitPart('pack', `There is no policy pack ${name}, or it is not for you to see.`)
  return found
}

async function foundAt(
  store: Store,
  { holdings }: Visitor,
  place: { folderId: number | null; resourceId: number | null },
  now: number,
) {
  const name = place.folderId === null ? 'resource' : 'folder'
  const term = { name, values: [String(place.folderId ?? place.resourceId)], isNot: false }
  const page = { filter: { words: [], terms: [term] }, after: null, limit: 200, now }
  return (await store.search.policyAttachments(scopeOf(holdings), page)).rows
}

const nameOf = async (store: Store, attachment: PolicyAttachment): Promise<string> =>
  attachment.shippedPack ?? (await packOf(store, attachment))?.name ?? ''

const tellAttachment = (row: FoundAttachment, pack: string) => ({
  id: row.id,
  pack,
  packId: row.packId,
  resource: row.resource,
  folder: row.folder,
  selector: row.selector,
  position: row.position,
  source: row.source,
  origin: row.origin,
  setBy: row.setBy,
  createdAt: moment(row.createdAt),
})
