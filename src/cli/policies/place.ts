import type { Guardpost } from '../../compose.ts'
import { type Folder, rootFolderId } from '../../model/folder.ts'
import type { PolicyPlace } from '../../model/policy.ts'
import { resourceNamed, UsedWrongly } from '../opened.ts'

/** A place that a command names, and what people call it. */
export interface NamedPlace {
  readonly place: PolicyPlace
  readonly name: string
}

/** An organization, a repository, or a folder; `folder:` before it says that no other is meant. */
export async function placeNamed(guardpost: Guardpost, name: string): Promise<NamedPlace> {
  if (name.startsWith(folderPrefix)) return atFolder(await folderNamed(guardpost, name.slice(folderPrefix.length)))
  try {
    const { resource } = await resourceNamed(guardpost, name)
    const { connectionId, id: resourceId, title } = resource
    return { place: { folderId: null, connectionId, resourceId }, name: title }
  } catch (error) {
    const folders = await foldersCalled(guardpost, name)
    if (folders.length === 1 && folders[0]) return atFolder(folders[0])
    if (folders.length > 1) throw ambiguous(name, folders)
    throw error
  }
}

const folderPrefix = 'folder:'

const atFolder = (folder: TracedFolder): NamedPlace => ({
  place: { folderId: folder.id, connectionId: null, resourceId: null },
  name: `the folder ${folder.trace}`,
})

/** A folder with the titles of those above it, e.g. `Guardpost/Production/Europe`. */
interface TracedFolder extends Folder {
  readonly trace: string
}

/** Every folder, each below the one that it is in. */
export async function tracedFolders({ means }: Guardpost): Promise<TracedFolder[]> {
  const all = await means.store.folders.list()
  const below = (parent: TracedFolder): TracedFolder[] => [
    parent,
    ...all
      .filter(({ parentId }) => parentId === parent.id)
      .flatMap((folder) => below({ ...folder, trace: `${parent.trace}/${folder.title}` })),
  ]
  return all.filter(({ id }) => id === rootFolderId).flatMap((root) => below({ ...root, trace: root.title }))
}

/** The folder of a title, or of the last titles of its trace. Throws where there is none, or more than one. */
export async function folderNamed(guardpost: Guardpost, name: string): Promise<TracedFolder> {
  const found = await foldersCalled(guardpost, name)
  const [folder, another] = found
  if (another) throw ambiguous(name, found)
  if (folder) return folder
  throw new UsedWrongly(`There is no folder ${name}. \`guardpost folders\` lists those there are.`)
}

async function foldersCalled(guardpost: Guardpost, name: string): Promise<TracedFolder[]> {
  const wanted = `/${name.toLowerCase()}`
  return (await tracedFolders(guardpost)).filter(({ trace }) => `/${trace.toLowerCase()}`.endsWith(wanted))
}

const ambiguous = (name: string, folders: readonly TracedFolder[]): UsedWrongly =>
  new UsedWrongly(`Several folders are called ${name}: ${folders.map(({ trace }) => trace).join(', ')}. Name one so.`)
