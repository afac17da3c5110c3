import type { Connection } from '../model/connection.ts'
import { type Folder, rootFolderId } from '../model/folder.ts'
import type { Authorship } from '../model/policy.ts'
import type { Store } from '../model/store.ts'
import { statementsOf } from '../policies/statements.ts'
import type { Means } from './means.ts'
import { tellPolicy } from './tell-policy.ts'
import { askedBy, connectionsAt, judgeAnew } from './touched.ts'
import { WrongPolicy } from './wrong-policy.ts'

type Needed = Pick<Means, 'store' | 'clock'>
type By = Pick<Authorship, 'setBy' | 'source'>

/** Makes a folder in another one. Throws `WrongPolicy`. */
export function makeFolder({ store, clock }: Needed, parentId: number, title: string): Promise<Folder> {
  return store.transaction(async (tx) => {
    await known(tx, parentId)
    const made = await tx.folders.make({ parentId, title: checkedTitle(title) }, clock())
    if (!made) throw taken(title)
    return made
  })
}

/** Renames a folder, or puts it into another one; what is in it is judged by what it then is below. Throws `WrongPolicy`. */
export function changeFolder(
  { store, clock }: Needed,
  id: number,
  change: { readonly title?: string | undefined; readonly parentId?: number | undefined },
  by: By,
): Promise<Folder> {
  return store.transaction(async (tx) => {
    const folder = await known(tx, id)
    const title = checkedTitle(change.title ?? folder.title)
    const parentId = change.parentId ?? folder.parentId
    if (id === rootFolderId && change.parentId !== undefined) throw theRoot('moved')
    if (parentId !== null) await checkAbove(tx, id, parentId)
    const connections = parentId === folder.parentId ? [] : await connectionsAt(tx, atFolder(id))
    const place = async () => {
      if (!(await tx.folders.change(id, { title, parentId }))) throw taken(title)
    }
    const what = `the folder ${title} was moved`
    await moving(tx, connections, place, { ...by, summary: what }, clock())
    return { ...folder, title, parentId }
  })
}

/** Deletes an empty folder, with what is set on it. Throws `WrongPolicy`. */
export function deleteFolder({ store }: Needed, id: number): Promise<void> {
  return store.transaction(async (tx) => {
    const folder = await known(tx, id)
    if (id === rootFolderId) throw theRoot('deleted')
    const within = (await tx.folders.list()).filter(({ parentId }) => parentId === id)
    const connections = await tx.folders.connections(id)
    if (within.length + connections.length > 0)
      throw new WrongPolicy(
        `${folder.title} is not empty: it holds ${within.length} folders and ${connections.length} organizations. Move them first.`,
        'folderId',
      )
    await tx.folders.remove(id)
  })
}

/** Puts an organization into a folder, and has it judged by what is asked there. Throws `WrongPolicy`. */
export function putIntoFolder(
  { store, clock }: Needed,
  connection: Connection,
  folderId: number,
  by: By,
): Promise<Folder> {
  return store.transaction(async (tx) => {
    const folder = await known(tx, folderId)
    if ((await tx.folders.of(connection.id)) === folderId) return folder
    const put = () => tx.folders.put(connection.id, folderId)
    await moving(tx, [connection], put, { ...by, summary: `put into the folder ${folder.title}` }, clock())
    return folder
  })
}

/** What folders asked before, and what they ask then, is judged anew. */
async function moving(
  store: Store,
  connections: readonly Connection[],
  move: () => Promise<void>,
  told: By & { readonly summary: string },
  now: number,
): Promise<void> {
  const before = await Promise.all(connections.map(({ id }) => onFolders(store, id)))
  await move()
  for (const [index, connection] of connections.entries()) {
    const root = await store.resources.byNodeId(connection.id, 'GitHub > Organization', connection.organizationNodeId)
    if (!root) continue
    const place = { folderId: null, connectionId: connection.id, resourceId: root.id }
    await tellPolicy(store, connection, place, told, now)
    const asked = askedBy([...(before[index] ?? []), ...(await onFolders(store, connection.id))])
    await judgeAnew(
      store,
      connection,
      asked.map(({ paths, selector }) => ({ place, paths, selector })),
      'folder changed',
      now,
    )
  }
}

const onFolders = async (store: Store, connectionId: number) =>
  statementsOf(await store.policies.governing(connectionId)).filter(({ place }) => place.folderId !== null)

const atFolder = (folderId: number) => ({ folderId, connectionId: null, resourceId: null })

async function known(store: Store, id: number): Promise<Folder> {
  const folder = await store.folders.get(id)
  if (!folder) throw new WrongPolicy(`There is no folder ${id}.`, 'folderId')
  return folder
}

async function checkAbove(store: Store, id: number, parentId: number): Promise<void> {
  for (let above: number | null = parentId; above !== null; above = (await known(store, above)).parentId)
    if (above === id) throw new WrongPolicy('A folder cannot be put into itself, or into one below it.', 'parentId')
}

function checkedTitle(text: string): string {
  const title = text.trim()
  if (title !== '' && title.length <= 100 && !title.includes('/')) return title
  throw new WrongPolicy('A folder has a title of up to 100 letters, without `/`.', 'title')
}

const taken = (title: string) => new WrongPolicy(`There is a folder ${title} there already.`, 'title')
const theRoot = (what: string) =>
  new WrongPolicy(`Guardpost itself is above everything and cannot be ${what}.`, 'folderId')
