import { z } from 'zod'
import type { Observation, Payload } from '../../model/resource-type.ts'
import { moment } from '../moment.ts'
import type { RepositoryData } from '../repository.ts'

const webhookRepository = z.object({
  id: z.number(),
  node_id: z.string(),
  name: z.string(),
  full_name: z.string(),
  html_url: z.string(),
  description: z.string().nullable(),
  homepage: z.string().nullish(),
  private: z.boolean(),
  visibility: z.enum(['public', 'private', 'internal']).optional(),
  archived: z.boolean().optional(),
  fork: z.boolean(),
  is_template: z.boolean().optional(),
  topics: z.array(z.string()).optional(),
  created_at: moment,
  updated_at: moment,
})

const leaves = new Set(['deleted', 'transferred'])

/**
 * What a `repository` or `public` event says. `default_branch` is left out: an empty repository names one it does not
 * have. Deletion and transfer only prompt: a replayed body must not take anything away.
 */
export function repositoryEvent({ action, repository: said }: Payload): Observation<RepositoryData>[] {
  const found = webhookRepository.parse(said)
  if (action && leaves.has(action)) return [{ kind: 'prompt', nodeId: found.node_id }]
  const visibility = visibilityOf(found)
  const data: Partial<RepositoryData> = {
    databaseId: found.id,
    name: found.name,
    nameWithOwner: found.full_name,
    url: found.html_url,
    description: found.description || null,
    homepageUrl: found.homepage || null,
    isFork: found.fork,
    createdAt: found.created_at,
    ...(visibility && { visibility }),
    ...(found.archived !== undefined && { isArchived: found.archived }),
    ...(found.is_template !== undefined && { isTemplate: found.is_template }),
    ...(found.topics && { topics: found.topics.toSorted() }),
  }
  return [{ kind: 'seen', nodeId: found.node_id, revision: Date.parse(found.updated_at), data }]
}

/** Not known where the two contradict each other, nor of a private one that may be an internal one. */
function visibilityOf({ visibility, private: isPrivate }: z.infer<typeof webhookRepository>) {
  if (visibility === undefined) return isPrivate ? undefined : 'public'
  return (visibility === 'public') === isPrivate ? undefined : visibility
}

const push = z.object({
  ref: z.string(),
  after: z.string(),
  repository: z.object({
    node_id: z.string(),
    default_branch: z.string(),
    pushed_at: moment.nullish(),
  }),
})

/** What a push says of the default branch. */
export function pushEvent(payload: Payload): Observation<RepositoryData>[] {
  const { ref, after, repository: found } = push.parse(payload)
  const onDefault = ref === `refs/heads/${found.default_branch}` && !/^0+$/.test(after)
  const data: Partial<RepositoryData> = {
    ...(found.pushed_at && { pushedAt: found.pushed_at }),
    ...(onDefault && { headSha: after }),
  }
  return [{ kind: 'seen', nodeId: found.node_id, data }]
}

/** Repositories that an event lists. */
export const listed = (said: unknown): { node_id: string }[] =>
  z
    .array(z.object({ node_id: z.string() }))
    .optional()
    .parse(said) ?? []
