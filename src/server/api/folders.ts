import { createRoute, z } from '@hono/zod-openapi'
import { changeFolder, deleteFolder, makeFolder, putIntoFolder } from '../../engine/folders.ts'
import { scopeOf } from '../../model/access.ts'
import type { Folder } from '../../model/folder.ts'
import type { Store } from '../../model/store.ts'
import { permit } from './permit.ts'
import { notFound, problems, refusedAsWrong, writeProblems } from './problem.ts'
import { type ApiMeans, found, idParam, routes, sent } from './routes.ts'
import { id as idShape } from './shapes/page.ts'
import { folder, folderChange, newFolder } from './shapes/policy.ts'
import type { Visitor } from './visitor.ts'

const list = createRoute({
  method: 'get',
  path: '/folders',
  summary: 'The folders and the organizations in them, for those with a role everywhere',
  responses: { ...found(z.object({ items: z.array(folder) }), 'All folders.'), ...problems },
})

const create = createRoute({
  method: 'post',
  path: '/folders',
  summary: 'Makes a folder; takes an Admin everywhere',
  request: { body: sent(newFolder) },
  responses: { 201: found(folder, 'The folder.')[200], ...writeProblems },
})

const change = createRoute({
  method: 'patch',
  path: '/folders/{id}',
  summary:
    'Renames a folder, or puts it into another one; takes an Admin everywhere, and where roles are given an Owner',
  request: { params: idParam, body: sent(folderChange) },
  responses: { ...found(folder, 'The folder.'), ...writeProblems },
})

const remove = createRoute({
  method: 'delete',
  path: '/folders/{id}',
  summary: 'Deletes an empty folder; takes an Admin everywhere',
  request: { params: idParam },
  responses: { 204: { description: 'It is deleted.' }, ...writeProblems },
})

const put = createRoute({
  method: 'put',
  path: '/connections/{id}/folder',
  summary: 'Puts an organization into a folder; takes an Admin everywhere, and where roles are given an Owner',
  request: { params: idParam, body: sent(z.object({ folderId: idShape })) },
  responses: { ...found(folder, 'The folder it is in.'), ...writeProblems },
})

export const folders = ({ means }: ApiMeans) => {
  const { store } = means
  return routes()
    .openapi(list, async (context) => {
      const items = seesFolders(context.var.visitor) ? await tellFolders(store, await store.folders.list()) : []
      return context.json({ items }, 200)
    })
    .openapi(create, async (context) => {
      await permit(means, context.var.visitor, 'Admin', null)
      const { title, parentId } = context.req.valid('json')
      const made = await makeFolder(means, parentId, title).catch(refusedAsWrong)
      return context.json(await tellFolder(store, made), 201)
    })
    .openapi(change, async (context) => {
      const id = await changeable(store, context.var.visitor, context.req.valid('param').id)
      const { parentId } = context.req.valid('json')
      if (parentId !== undefined) await permitInto(store, context.var.visitor, parentId)
      const by = { setBy: context.var.visitor.login, source: context.var.visitor.source }
      const changed = await changeFolder(means, id, context.req.valid('json'), by).catch(refusedAsWrong)
      return context.json(await tellFolder(store, changed), 200)
    })
    .openapi(remove, async (context) => {
      const id = await changeable(store, context.var.visitor, context.req.valid('param').id)
      await deleteFolder(means, id).catch(refusedAsWrong)
      return context.body(null, 204)
    })
    .openapi(put, async (context) => {
      const { visitor } = context.var
      const scope = scopeOf(visitor.holdings)
      const { id } = context.req.valid('param')
      const connection = (await store.search.connections(scope)).find((each) => each.id === id)
      if (!connection) throw notFound('such connection')
      const { folderId } = context.req.valid('json')
      await permitInto(store, visitor, folderId)
      const by = { setBy: visitor.login, source: visitor.source }
      const into = await putIntoFolder(means, connection, folderId, by).catch(refusedAsWrong)
      return context.json(await tellFolder(store, into), 200)
    })
}

const seesFolders = ({ holdings }: Visitor): boolean => scopeOf(holdings) === 'everything'

/** A folder that the visitor may change. Throws a `Problem` where there is none, or not for them. */
async function changeable(store: Store, visitor: Visitor, id: number): Promise<number> {
  if (!seesFolders(visitor) || !(await store.folders.get(id))) throw notFound('such folder')
  await permit({ store }, visitor, 'Admin', null)
  return id
}

/** Who puts something where roles are given, gives those roles there, and that takes an Owner. Throws a `Problem`. */
async function permitInto(store: Store, visitor: Visitor, folderId: number): Promise<void> {
  const given = await store.grants.reaching(folderId)
  await permit({ store }, visitor, given.length > 0 ? 'Owner' : 'Admin', null)
}

async function tellFolders(store: Store, all: readonly Folder[]): Promise<z.infer<typeof folder>[]> {
  const connections = (await store.connections.list()).filter(({ status }) => status !== 'removed')
  const placed = await Promise.all(
    connections.map(async ({ id, login }) => ({ connectionId: id, login, folderId: await store.folders.of(id) })),
  )
  return all.map(({ id, parentId, title }) => ({
    ...{ id, parentId, title },
    organizations: placed
      .filter(({ folderId }) => folderId === id)
      .map(({ connectionId, login }) => ({ connectionId, login })),
  }))
}

async function tellFolder(store: Store, one: Folder): Promise<z.infer<typeof folder>> {
  const [told] = await tellFolders(store, [one])
  if (!told) throw notFound('such folder')
  return told
}
