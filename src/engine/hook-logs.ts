import type { Connection } from '../model/connection.ts'
import type { HookLog } from '../model/delivery-log.ts'
import { appHookId } from '../model/hook.ts'
import type { Store } from '../model/store.ts'

/** How long what GitHub held back may still come by itself, in milliseconds. */
export const stillComing = 600_000

/** Enough for a day of most organizations, and soon counted for any. */
const newestAttempts = 10_000

/** The logs that are to be read for a connection, each with whom its job belongs to: the App's log is nobody's own. */
export async function logsOf(
  store: Store,
  { id, kind }: Connection,
): Promise<{ hookId: string; connectionId: number | null }[]> {
  const own = (await store.hooks.list(id)).filter(({ githubId }) => githubId !== null)
  return [
    ...(kind === 'app' ? [{ hookId: appHookId, connectionId: null }] : []),
    ...own.map((hook) => ({ hookId: hook.id, connectionId: id })),
  ]
}

/** What is known of the delivery logs of all hooks that bring, or could bring, this connection's events. */
export async function hookLogs(store: Store, connection: Connection, now: number): Promise<HookLog[]> {
  const { id, kind, installationId, createdAt } = connection
  const own = (await store.hooks.list(id)).filter(({ githubId }) => githubId !== null)
  const hooks = [
    ...(kind === 'app' ? [{ hookId: appHookId, since: createdAt, installationId }] : []),
    ...own.map((hook) => ({ hookId: hook.id, since: hook.createdAt, installationId: null })),
  ]
  const logs: HookLog[] = []
  for (const { hookId, since, installationId } of hooks) {
    const scope = { connectionId: id, since, installationId }
    logs.push({
      hookId,
      since,
      reading: await store.deliveryLog.reading(hookId),
      newest: await store.deliveryLog.newest(hookId, installationId, newestAttempts),
      lastHeard: await store.deliveryLog.lastHeard(id, hookId),
      lost: await store.deliveryLog.countLost(hookId, scope, now - stillComing),
      unreadable: await store.deliveryLog.countUnreadable(hookId, scope),
    })
  }
  return logs
}
