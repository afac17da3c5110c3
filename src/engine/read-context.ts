import type { Connection } from '../model/connection.ts'
import type { Purpose } from '../model/github.ts'
import type { Hook } from '../model/hook.ts'
import type { Granted, ReadContext } from '../model/resource-type.ts'
import type { Store } from '../model/store.ts'
import { type ConnectionData, connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { hookLogs } from './hook-logs.ts'
import type { Means } from './means.ts'
import { judgedTypes, neededEvents, neededNeeds } from './needs.ts'
import { organizationPolicies } from './organization-policies.ts'
import { policyPlace } from './policy-place.ts'

/** What reads under a connection may use; null when the connection has no credential or does not work now. */
export async function readContext(
  means: Means,
  connection: Connection,
  purpose: Purpose,
  type: string,
): Promise<ReadContext | null> {
  const { store, clients, reporters, addresses, clock } = means
  const github = await clients.readerFor(connection, purpose)
  if (!github) return null
  const now = clock()
  const policies = await organizationPolicies(store, connection, now)
  const factsId = connectionNodeId(connection.organizationNodeId)
  const facts = await store.resources.byNodeId(connection.id, connectionType.type, factsId)
  return {
    connection,
    github,
    app: connection.kind === 'app' ? clients.forApp(purpose) : null,
    ours: {
      hooks: await store.hooks.list(connection.id),
      hooksOfOthers: await hooksOfOthers(store, connection),
      known: async <Data>(nodeId: string) =>
        ((await store.resources.byNodeId(connection.id, type, nodeId))?.data as Readonly<Partial<Data>> | undefined) ??
        null,
      repositoryNodeId: async (nameWithOwner, databaseId) => {
        const found = await store.resources.byTitle(connection.id, 'GitHub > Repository', nameWithOwner)
        return found?.data.databaseId === databaseId ? found.nodeId : null
      },
      policyRepository: () => policyPlace(store, connection, clock()),
      hasReceived: (hookId, guid) => store.deliveries.has(hookId, guid),
      logs: () => hookLogs(store, connection, clock()),
      discovery: async (type) =>
        (await store.discoveries.list(connection.id)).find((pass) => pass.type === type) ?? null,
      appHookUrl: addresses.appHook,
      hookUrl: addresses.hook,
      granted: grantedIn(facts?.data ?? {}),
      needs: neededNeeds(reporters, connection, policies),
      events: neededEvents(judgedTypes(policies)),
      now,
    },
  }
}

/** GitHub does not tell what a fine-grained token is permitted. */
const grantedIn = ({ granted, tokenKind }: Partial<ConnectionData>): Granted | null =>
  tokenKind === 'classic' ? 'as its owner' : (granted ?? null)

/** An App and a token may both reach one organization; nobody looks after the webhooks of a connection that was removed. */
async function hooksOfOthers(store: Store, { id, organizationId }: Connection): Promise<Hook[]> {
  const others = (await store.connections.list()).filter(
    (other) => other.organizationId === organizationId && other.id !== id && other.status !== 'removed',
  )
  return (await Promise.all(others.map((other) => store.hooks.list(other.id)))).flat()
}
