import { z } from 'zod'
import { type GitHubReader, Refusal } from '../../model/github.ts'

export interface Head {
  readonly branch: string
  readonly sha: string
  readonly tree: string
}

/** The newest commit of a branch; null where there is no such branch. */
export async function headOf(
  github: GitHubReader,
  where: { owner: string; repo: string; branch: string },
): Promise<Head | null> {
  try {
    const { commit } = branch.parse((await github.get('GET /repos/{owner}/{repo}/branches/{branch}', where)).data)
    return { branch: where.branch, sha: commit.sha, tree: commit.commit.tree.sha }
  } catch (error) {
    if (error instanceof Refusal && error.status === 404 && error.diagnosis.code === 'hidden') return null
    throw error
  }
}

const branch = z.object({
  commit: z.object({ sha: z.string(), commit: z.object({ tree: z.object({ sha: z.string() }) }) }),
})
