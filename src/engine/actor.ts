import type { Connection } from '../model/connection.ts'
import type { Store } from '../model/store.ts'
import { connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { ourselves } from './jobs.ts'

/** A bot counts as people do, by its login; only what our own App did is ours, and nobody is by bearing our name. */
export async function actorOf(
  store: Store,
  connection: Connection,
  who: { readonly login: string; readonly type?: string | undefined } | null | undefined,
): Promise<string | null> {
  if (who?.type !== 'Bot') return who?.login === ourselves ? `@${ourselves}` : (who?.login ?? null)
  const nodeId = connectionNodeId(connection.organizationNodeId)
  const facts = await store.resources.byNodeId(connection.id, connectionType.type, nodeId)
  return who.login === `${facts?.data.appSlug}[bot]` ? ourselves : who.login
}
