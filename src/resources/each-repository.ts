import type { GitHubReader } from '../model/github.ts'
import type { Observation, ReadContext } from '../model/resource-type.ts'
import { asRefused } from './refused.ts'
import { type RepositoryData, repository } from './repository.ts'

/** Asks GitHub about one repository; null: there is nothing to be known of this one. */
type Ask<Data> = (
  github: GitHubReader,
  place: { readonly owner: string; readonly repo: string },
  repository: Partial<RepositoryData>,
) => Promise<Partial<Data> | null>

/** What each repository has one of, and GitHub tells one repository at a time. `prefix` makes its node id of the repository's. */
export const eachRepository = <Data>(prefix: string, ask: Ask<Data>) =>
  ({
    parent: 'GitHub > Repository',
    needs: { administration: 'read' },
    optional: true,
    perRepository: true,
    single: (repositoryNodeId: string) => `${prefix}${repositoryNodeId}`,
    batch: 10,

    async read(context: ReadContext, nodeIds: readonly string[]): Promise<readonly Observation<Data>[]> {
      const ids = nodeIds.map((nodeId) => nodeId.slice(prefix.length))
      const found = await repository.read(context, ids)
      return (await Promise.all(found.map((each) => askOf(context, prefix, ask, each)))).flat()
    },

    async *discover(context: ReadContext, from: string | null) {
      for await (const { seen, next, total } of repository.discover?.(context, from) ?? []) {
        const told: Observation<Data>[] = []
        for (const each of seen) told.push(...(await askOf(context, prefix, ask, each)))
        yield { seen: told, next, total, count: seen.length }
      }
    },
  }) as const

async function askOf<Data>(
  { github }: ReadContext,
  prefix: string,
  ask: Ask<Data>,
  said: Observation<RepositoryData>,
): Promise<Observation<Data>[]> {
  const nodeId = `${prefix}${said.nodeId}`
  if (said.kind === 'gone') return [{ kind: 'gone', nodeId, reason: 'its repository is gone' }]
  const [owner, repo] = (said.kind === 'seen' && said.data.nameWithOwner?.split('/')) || []
  if (said.kind !== 'seen' || !owner || !repo) return [{ kind: 'prompt', nodeId }]
  try {
    const data = await ask(github, { owner, repo }, said.data)
    return data ? [{ kind: 'seen', nodeId, parentNodeId: said.nodeId, data }] : []
  } catch (error) {
    return [asRefused(error, nodeId, said.nodeId)]
  }
}
