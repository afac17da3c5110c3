import { levelIn, maySee, userOf } from '../http/actor.ts'
import { Refusal } from '../http/refusal.ts'
import { reaches } from '../permission.ts'
import type { Repository } from '../repository.ts'
import type { RepositorySettings } from '../repository-settings.ts'
import { refuseSettings } from '../routes/refuse-settings.ts'
import { type Context, graphqlError } from './context.ts'
import { repositoryNode } from './repository.ts'

interface UpdateRepository {
  readonly repositoryId: string
  readonly clientMutationId?: string | null
  readonly hasIssuesEnabled?: boolean | null
  readonly hasProjectsEnabled?: boolean | null
  readonly hasWikiEnabled?: boolean | null
  readonly hasDiscussionsEnabled?: boolean | null
  readonly template?: boolean | null
}

const names = {
  hasIssuesEnabled: 'hasIssues',
  hasProjectsEnabled: 'hasProjects',
  hasWikiEnabled: 'hasWiki',
  hasDiscussionsEnabled: 'hasDiscussions',
  template: 'isTemplate',
} as const satisfies Record<string, keyof RepositorySettings>

function settingsIn(input: UpdateRepository): Partial<RepositorySettings> {
  const named = Object.entries(names) as [keyof typeof names, keyof RepositorySettings][]
  return Object.fromEntries(
    named.flatMap(([name, setting]) => (typeof input[name] === 'boolean' ? [[setting, input[name]]] : [])),
  )
}

function updatable({ world, actor }: Context, id: string): Repository {
  const found = world.nodes.get(id)
  if (found?.kind !== 'repository' || !maySee(actor, found))
    throw graphqlError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
  if (!reaches(levelIn(actor, found, 'administration'), 'write'))
    throw graphqlError('FORBIDDEN', 'Resource not accessible by integration')
  if (found.archived) throw graphqlError('UNPROCESSABLE', 'Repository was archived so is read-only.')
  return found
}

/** https://docs.github.com/graphql/reference/mutations#updaterepository: the switches; names and texts are changed by REST here. */
function updateRepository(context: Context, input: UpdateRepository) {
  const repository = updatable(context, input.repositoryId)
  const settings = settingsIn(input)
  try {
    refuseSettings(repository, settings)
  } catch (error) {
    throw error instanceof Refusal ? graphqlError('UNPROCESSABLE', error.message) : error
  }
  repository.set(settings, { sender: userOf(context.actor).login })
  return { clientMutationId: input.clientMutationId ?? null, repository: repositoryNode(context, repository) }
}

/** The root of every mutation. */
export const mutation = (context: Context) => ({
  updateRepository: ({ input }: { input: UpdateRepository }) => updateRepository(context, input),
})
