import { blobName, type Files, type Tree, treeOf } from '../git.ts'
import { type Operation, ok, onRepository } from '../http/operation.ts'
import { notFound, Refusal } from '../http/refusal.ts'
import { nodeId } from '../node-id.ts'
import { fullName } from '../payloads/repository.ts'
import type { Repository } from '../repository.ts'
import type { World } from '../world.ts'
import { resolveCommit } from './git.ts'

function refuseEmpty({ commits }: Repository): void {
  if (commits.size === 0) throw new Refusal(409, 'Git Repository is empty.')
}

const allFiles = ({ commits }: Repository): Files[] => [...commits.values()].map(({ files }) => files)

/** A tree by its name, or by that of a commit or a branch. */
function treeNamed(repository: Repository, name: string): Tree {
  const commit = resolveCommit(repository, name)
  if (commit) return treeOf(commit.files)
  for (const files of allFiles(repository).toReversed()) {
    const folders = [...files.keys()].flatMap((path) =>
      [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1)),
    )
    for (const folder of new Set(['', ...folders])) {
      const tree = treeOf(files, folder)
      if (tree.sha === name) return tree
    }
  }
  throw notFound()
}

function textNamed(repository: Repository, name: string): string {
  for (const files of allFiles(repository)) for (const text of files.values()) if (blobName(text) === name) return text
  throw notFound()
}

const git = ({ urls }: World, repository: Repository) => `${urls.api}/repos/${fullName(repository)}/git`

export const gitObjectOperations: readonly Operation[] = [
  onRepository(
    'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
    'git/trees#get-a-tree',
    ({ world, params: { tree_sha = '' }, query }, repository) => {
      refuseEmpty(repository)
      if (query.has('recursive')) throw new Error('Recursive trees are not simulated.')
      const { sha, entries } = treeNamed(repository, tree_sha)
      const tree = entries.map((entry) => ({ ...entry, url: `${git(world, repository)}/${entry.type}s/${entry.sha}` }))
      return ok({ sha, url: `${git(world, repository)}/trees/${sha}`, tree, truncated: false })
    },
  ),
  onRepository(
    'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
    'git/blobs#get-a-blob',
    ({ world, params: { file_sha = '' } }, repository) => {
      refuseEmpty(repository)
      const text = textNamed(repository, file_sha)
      // Wrapped as MIME has it.
      const content = Buffer.from(text).toString('base64').replaceAll(/.{60}/g, '$&\n')
      return ok({
        sha: file_sha,
        node_id: nodeId('B', repository.id),
        size: Buffer.byteLength(text),
        url: `${git(world, repository)}/blobs/${file_sha}`,
        content,
        encoding: 'base64',
      })
    },
  ),
]
