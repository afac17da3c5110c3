import type { AuditEntry } from '../model/audit-log.ts'
import type { Connection } from '../model/connection.ts'
import type { Store } from '../model/store.ts'
import { typesAbout } from '../resources/audited.ts'
import { resourceTypes } from '../resources/index.ts'
import { actorOf } from './actor.ts'
import { readJob } from './jobs.ts'

/**
 * Has what entries of the audit log are about read: a read decides what is so, an entry says who changed it. Where several people changed one thing, nobody can be told to have made
 * which change.
 */
export async function promptByAudit(
  store: Store,
  connection: Connection,
  entries: readonly AuditEntry[],
  now: number,
): Promise<void> {
  for (const { type, nodeId, entries: its } of await promptsOf(store, connection, entries)) {
    const actors = new Set(await Promise.all(its.map(({ actor }) => actorIn(store, connection, actor))))
    const [actor = null] = actors.size === 1 ? actors : []
    const since = Math.min(...its.map(({ at }) => at))
    const cause = { why: `audit log: ${its.at(-1)?.action}`, actor, deliveryId: null, audited: { since } }
    await store.jobs.enqueue([readJob(connection.id, { type }, nodeId, cause, now)])
  }
}

interface Prompt {
  readonly type: string
  readonly nodeId: string
  readonly entries: readonly AuditEntry[]
}

async function promptsOf(store: Store, connection: Connection, entries: readonly AuditEntry[]): Promise<Prompt[]> {
  const prompts = new Map<string, Prompt>()
  for (const entry of entries)
    for (const { type, about } of typesAbout(entry)) {
      const nodeId = await nodeIdOf(store, connection, type, about, entry)
      if (nodeId === null) continue
      const key = `${type} ${nodeId}`
      prompts.set(key, { type, nodeId, entries: [...(prompts.get(key)?.entries ?? []), entry] })
    }
  return [...prompts.values()]
}

const actorIn = (store: Store, connection: Connection, login: string | null): Promise<string | null> =>
  actorOf(store, connection, login === null ? null : { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' })

/** By what it is read; null: it is not recorded, and will be read as a whole once it is. */
async function nodeIdOf(
  store: Store,
  { id, organizationNodeId }: Connection,
  type: string,
  about: 'organization' | 'repository' | 'person',
  { repository, repositoryId, user }: AuditEntry,
): Promise<string | null> {
  const known = resourceTypes.find((each) => each.type === type)
  if (about === 'organization') return known?.single?.(organizationNodeId) ?? organizationNodeId
  if (about === 'person') return (await store.resources.byTitle(id, type, `member ${user}`))?.nodeId ?? null
  const found =
    (repositoryId && (await store.resources.byDatabaseId(id, 'GitHub > Repository', repositoryId))) ||
    (await store.resources.byTitle(id, 'GitHub > Repository', repository ?? ''))
  if (!found || !known?.perRepository) return found?.nodeId ?? null
  // Read where a policy asks for it, and then it is recorded.
  const nodeId = known.single?.(found.nodeId) ?? ''
  return (await store.resources.byNodeId(id, type, nodeId)) ? nodeId : null
}
