import { z } from 'zod'
import { Refusal } from '../model/github.ts'
import type { Observation, ReadContext } from '../model/resource-type.ts'
import { defineResource, flag, text } from '../model/resource-type.ts'
import { repository } from './repository.ts'

export interface RepositoryActionsPolicyData {
  enabled: boolean
  allowedActions: string
}

/** There is one per repository; its node id is made of the repository's. */
const prefix = 'repository-actions-policy:'

/** What workflows may do in one repository. GitHub tells it for one repository at a time. */
export const repositoryActionsPolicy = defineResource<RepositoryActionsPolicyData>({
  type: 'GitHub > Repository Actions Policy',
  view: 'github_repository_actions_policy',
  parent: 'GitHub > Repository',
  needs: { administration: 'read' },
  optional: true,
  perRepository: true,
  // None of it is in any event. What did not change costs nothing: the requests are conditional.
  rhythm: 86_400_000,
  fields: {
    enabled: flag.readOnly('Workflows run.'),
    allowedActions: text.readOnly('`all`, `local_only` or `selected` actions may be used.'),
  },
  title: () => 'Actions policy of a repository',
  fromEvent: {},

  batch: 10,
  async read(context, nodeIds) {
    const ids = nodeIds.map((nodeId) => nodeId.slice(prefix.length))
    const found = await repository.read(context, ids)
    return (await Promise.all(found.map((each) => policyOf(context, each)))).flat()
  },

  async *discover(context, from) {
    for await (const { seen, next, total } of repository.discover?.(context, from) ?? []) {
      const policies: Observation<RepositoryActionsPolicyData>[] = []
      for (const each of seen) policies.push(...(await policyOf(context, each)))
      yield { seen: policies, next, total, count: seen.length }
    }
  },
})

/** A refusal of one is no word about it, nor about the others. */
async function policyOf(
  { github }: ReadContext,
  said: Awaited<ReturnType<typeof repository.read>>[number],
): Promise<Observation<RepositoryActionsPolicyData>[]> {
  const nodeId = `${prefix}${said.nodeId}`
  if (said.kind === 'gone') return [{ kind: 'gone', nodeId, reason: 'its repository is gone' }]
  const [owner, repo] = (said.kind === 'seen' && said.data.nameWithOwner?.split('/')) || []
  if (!owner || !repo) return [{ kind: 'prompt', nodeId }]
  try {
    const { data } = await github.get('GET /repos/{owner}/{repo}/actions/permissions', { owner, repo })
    const { enabled, allowed_actions } = policy.parse(data)
    const allowed = allowed_actions !== undefined && { allowedActions: allowed_actions }
    return [{ kind: 'seen', nodeId, parentNodeId: said.nodeId, data: { enabled, ...allowed } }]
  } catch (error) {
    if (error instanceof Refusal && error.retryAt === null) return []
    throw error
  }
}

const policy = z.object({ enabled: z.boolean(), allowed_actions: z.string().optional() })
