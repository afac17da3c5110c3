import type { Connection } from '../model/connection.ts'
import type { HookLog } from '../model/delivery-log.ts'
import { appHookId } from '../model/hook.ts'
import type { Store } from '../model/store.ts'

/** Enough for a day of most organizations, and soon counted for any. */
const newestAttempts = 10_000

/** What is known of the delivery logs of all hooks that bring, or could bring, this connection's events. */
export async function hookLogs(store: Store, connection: Connection): Promise<HookLog[]> {
  const { id, kind, installationId, createdAt } = connection
  const own = (await store.hooks.list(id)).filter(({ githubId }) => githubId !== null)
  const hooks = [
    ...(kind === 'app' ? [{ hookId: appHookId, since: createdAt, installationId }] : []),
    ...own.map((hook) => ({ hookId: hook.id, since: hook.createdAt, installationId: null })),
  ]
  const logs: HookLog[] = []
  for (const { hookId, since, installationId } of hooks)
    logs.push({
      hookId,
      since,
      reading: await store.deliveryLog.reading(hookId),
      newest: await store.deliveryLog.newest(hookId, installationId, newestAttempts),
      lastHeard: await store.deliveryLog.lastHeard(id, hookId),
    })
  return logs
}
