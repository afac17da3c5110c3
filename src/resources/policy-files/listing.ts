import { z } from 'zod'
import type { GitHubReader } from '../../model/github.ts'
import { isPolicyFile, type NamedFile, policyFileFolder } from '../../model/policy-file.ts'

type Where = { owner: string; repo: string }

/** The policy files of a tree, each with its size in bytes. Links are not followed. */
export async function policyFilesIn(
  github: GitHubReader,
  { tree_sha, ...where }: Where & { tree_sha: string },
): Promise<(NamedFile & { size: number })[]> {
  const root = await entriesOf(github, { ...where, tree_sha })
  const folder = root.find(({ path, type }) => path === policyFileFolder && type === 'tree')
  const inFolder = folder ? await entriesOf(github, { ...where, tree_sha: folder.sha }) : []
  const all = [...root, ...inFolder.map((entry) => ({ ...entry, path: `${policyFileFolder}/${entry.path}` }))]
  return all.flatMap(({ path, type, mode, sha, size = 0 }) =>
    type === 'blob' && mode !== link && isPolicyFile(path) ? [{ path, sha, size }] : [],
  )
}

const link = '120000'

async function entriesOf(github: GitHubReader, where: Where & { tree_sha: string }) {
  const { data } = await github.get('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', where)
  return tree.parse(data).tree
}

const tree = z.object({
  tree: z.array(
    z.object({ path: z.string(), type: z.string(), mode: z.string(), sha: z.string(), size: z.number().optional() }),
  ),
})

/** What a file holds, by the name that Git gave to it. Bytes that are no UTF-8 become `�`, which no policy has. */
export async function textOf(github: GitHubReader, where: Where & { file_sha: string }): Promise<string> {
  const { data } = await github.get('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', where)
  return Buffer.from(blob.parse(data).content, 'base64').toString('utf8')
}

const blob = z.object({ content: z.string(), encoding: z.literal('base64') })
