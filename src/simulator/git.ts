import { createHash } from 'node:crypto'
import type { User } from './user.ts'

/** Text by path, as a commit has them. */
export type Files = ReadonlyMap<string, string>

/** Texts by path; null takes a file away. */
export type FileChanges = Readonly<Record<string, string | null>>

export interface Commit {
  readonly sha: string
  readonly tree: string
  readonly files: Files
  readonly message: string
  readonly author: User
  readonly parents: readonly string[]
  /** Milliseconds since 1970. */
  readonly date: number
}

const sha = (...parts: readonly (string | number)[]): string =>
  createHash('sha1').update(parts.join('\0')).digest('hex')

/** A commit that nobody else has: `number` tells it from all others of the repository. */
export function createCommit(repositoryId: number, number: number, of: Omit<Commit, 'sha' | 'tree'>): Commit {
  return {
    ...of,
    sha: sha('commit', repositoryId, number, of.date),
    get tree() {
      return treeOf(of.files).sha
    },
  }
}

export function changed(files: Files, changes: FileChanges): Files {
  const next = new Map(files)
  for (const [path, text] of Object.entries(changes))
    if (text === null) next.delete(path)
    else next.set(path, text)
  return next
}

/** The paths by what became of them, as a push event and a pull request tell. */
export function difference(before: Files, after: Files) {
  return {
    added: [...after.keys()].filter((path) => !before.has(path)),
    removed: [...before.keys()].filter((path) => !after.has(path)),
    modified: [...after].filter(([path, text]) => before.has(path) && before.get(path) !== text).map(([path]) => path),
  }
}

interface TreeEntry {
  readonly path: string
  readonly mode: '100644' | '040000'
  readonly type: 'blob' | 'tree'
  readonly sha: string
  /** Of a blob, in bytes. */
  readonly size?: number
}

export interface Tree {
  readonly sha: string
  readonly entries: readonly TreeEntry[]
}

/** The name that Git gives to what it keeps. */
function objectName(type: 'blob' | 'tree', content: Buffer): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex')
}

export const blobName = (text: string): string => objectName('blob', Buffer.from(text))

/** What lies in a folder, by default the topmost, as Git keeps it. */
export function treeOf(files: Files, folder = ''): Tree {
  const below = [...files].filter(([path]) => path.startsWith(folder))
  const names = [...new Set(below.map(([path]) => path.slice(folder.length).split('/')[0] ?? ''))]
  const entries = names
    .map((path) => entryOf(files, folder, path))
    .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
  const lines = entries.map(({ mode, path, sha }) =>
    Buffer.concat([Buffer.from(`${mode.replace(/^0/, '')} ${path}\0`), Buffer.from(sha, 'hex')]),
  )
  return { sha: objectName('tree', Buffer.concat(lines)), entries }
}

function entryOf(files: Files, folder: string, path: string): TreeEntry {
  const text = files.get(`${folder}${path}`)
  if (text === undefined) return { path, mode: '040000', type: 'tree', sha: treeOf(files, `${folder}${path}/`).sha }
  return { path, mode: '100644', type: 'blob', sha: blobName(text), size: Buffer.byteLength(text) }
}

/** Git sorts a folder as if its name ended with a slash. */
const sortKey = ({ path, type }: TreeEntry): string => (type === 'tree' ? `${path}/` : path)
