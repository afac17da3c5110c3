import type { Connection } from '../model/connection.ts'
import { live, Refusal } from '../model/github.ts'
import type { Remains } from '../model/removal.ts'
import type { Farewell } from '../model/reporter.ts'
import { resourceTypes } from '../resources/index.ts'
import type { RepositoryData } from '../resources/repository.ts'
import type { Means } from './means.ts'
import { readContext } from './read-context.ts'
import { clientOf } from './remove-webhooks.ts'

/**
 * Ends every report wherever one ever went. Where nothing was said GitHub is not even asked; a repository that is gone needs
 * nothing, and one that is archived takes no change: that is left to a person.
 */
export async function retireReports(means: Means, connection: Connection): Promise<readonly Remains[]> {
  const { store, clients, reporters } = means
  const said = await store.reports.places(connection.id)
  if (said.length === 0) return []
  const github = await clientOf(means, connection)
  const author = await clients.author(connection)
  const controls = await store.controls.list(connection.id, {})
  const remains: Remains[] = []
  for (const { nodeId, isArchived, ...place } of await placesNow(means, connection, [
    ...new Set(said.map(({ repositoryNodeId }) => repositoryNodeId)),
  ]))
    for (const reporter of reporters) {
      if (!said.some(({ kind, repositoryNodeId }) => kind === reporter.kind && repositoryNodeId === nodeId)) continue
      try {
        await reporter.retire(github, author, { ...place, connection, controls })
      } catch (error) {
        if (!isArchived || !(error instanceof Refusal) || error.status !== 403) throw error
        remains.push(inArchive(connection, place))
      }
    }
  return remains
}

const inArchive = ({ login }: Connection, { owner, name }: Pick<Farewell, 'owner' | 'name'>): Remains => ({
  who: `an owner of ${login}`,
  action: `Close what Guardpost said in ${owner}/${name}: the repository is archived and takes no change.`,
})

type Place = Pick<Farewell, 'owner' | 'name' | 'defaultBranch'> & { nodeId: string; isArchived: boolean }

/** The repositories as GitHub has them now: they may have been renamed, archived or deleted unheard. */
async function placesNow(means: Means, connection: Connection, nodeIds: readonly string[]): Promise<Place[]> {
  const type = resourceTypes.find((known) => known.type === 'GitHub > Repository')
  const context = type && (await readContext(means, connection, live('removal'), type.type))
  if (!context) return []
  const places: Place[] = []
  for (const nodeId of nodeIds)
    for (const seen of await type.read(context, [nodeId])) {
      const { nameWithOwner, name, defaultBranch, isArchived } = (
        seen.kind === 'seen' ? seen.data : {}
      ) as Partial<RepositoryData>
      if (!nameWithOwner || !name) continue
      const [owner = ''] = nameWithOwner.split('/')
      places.push({ nodeId, owner, name, defaultBranch: defaultBranch ?? null, isArchived: isArchived ?? false })
    }
  return places
}
