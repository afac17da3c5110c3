import type { z } from '@hono/zod-openapi'
import { type ConnectionData, eventHandlersPath } from '../../engine/catalog.ts'
import type { Means } from '../../engine/means.ts'
import type { Connection } from '../../model/connection.ts'
import { permissionsOf } from '../../model/permission.ts'
import type { Resource } from '../../model/resource.ts'
import { moment, momentOrNull } from './asked.ts'
import type { connectionDetail, connection as connectionShape } from './shapes/connection.ts'
import { discoveries } from './tell-discovery.ts'

/** A connection, and how its organization stands. */
export async function tellConnection(
  means: Means,
  { id, kind, login, status, createdAt, organizationNodeId }: Connection,
): Promise<z.infer<typeof connectionShape>> {
  const { store, clock } = means
  const root = await store.resources.byNodeId(id, 'GitHub > Organization', organizationNodeId)
  const control = root && (await store.controls.byResource(id, root.id, eventHandlersPath))
  const scope = root ? [{ connectionId: id, resourceId: root.id }] : []
  const controls: Record<string, number> = {}
  for (const { state, count } of await store.search.controlCounts(scope, clock()))
    if (count > 0) controls[state] = (controls[state] ?? 0) + count
  return {
    id,
    kind,
    login,
    status,
    createdAt: moment(createdAt),
    organization: root && { id: root.id, connectionId: id, type: root.type, title: root.title },
    eventHandlers: control && { controlId: control.id, state: control.state, reason: control.reason },
    lastDeliveryAt: momentOrNull(await store.search.lastDeliveryAt(scope)),
    controls,
    discovery: (await discoveries(means, [id])).get(id) ?? null,
  }
}

/** The same, with all that is known of how it is reached. */
export async function tellConnectionWhole(
  means: Means,
  connection: Connection,
): Promise<z.infer<typeof connectionDetail>> {
  const { id } = connection
  const [known] = await means.store.resources.list(id, { type: 'GitHub > Connection', limit: 1 })
  const facts = ((known as Resource<ConnectionData> | undefined)?.data ?? {}) as Partial<ConnectionData>
  return {
    ...(await tellConnection(means, connection)),
    permissions: permissionsIn(facts),
    events: eventsIn(facts),
    settingsUrl: facts.installationUrl ?? null,
    budgets: means.clients
      .budgets()
      .filter(({ connectionId }) => connectionId === id)
      .map(({ resource, limit, remaining, resetAt, blockedUntil }) => ({
        resource,
        limit: limit ?? 0,
        remaining: remaining ?? 0,
        resetsAt: momentOrNull(resetAt),
        waitsUntil: momentOrNull(blockedUntil),
      })),
    hooks: await hooksOf(means, id, facts),
  }
}

/** A token has scopes instead of permissions: what it was granted is not known by their names. */
function permissionsIn({ needs = [], requested = {}, granted = {} }: Partial<ConnectionData>) {
  const needed = permissionsOf(needs)
  const keys = new Set([...Object.keys(needed), ...Object.keys(requested), ...Object.keys(granted)])
  return [...keys].toSorted().map((key) => ({
    key,
    needed: needed[key] ?? null,
    for: [...new Set(needs.filter(({ permission }) => permission === key).map(({ why }) => why))],
    requested: requested[key] ?? null,
    granted: granted[key] ?? null,
  }))
}

function eventsIn({ neededEvents = [], grantedEvents = [] }: Partial<ConnectionData>) {
  const names = new Set<string>([...neededEvents, ...grantedEvents])
  return [...names].toSorted().map((event) => ({
    event,
    needed: neededEvents.some((each) => each === event),
    subscribed: grantedEvents.includes(event),
  }))
}

/** Failures are those of the last 24 hours, by GitHub's log. */
async function hooksOf({ store, addresses }: Means, connectionId: number, { path = [] }: Partial<ConnectionData>) {
  const hooks = await store.hooks.list(connectionId)
  return Promise.all(
    hooks.map(async ({ id, githubId }) => ({
      id,
      githubId,
      url: addresses.hook(id),
      lastDeliveryAt: momentOrNull((await store.deliveryLog.lastHeard(connectionId, id))?.at ?? null),
      failures: path.find(({ hookId }) => hookId === id)?.day.failed ?? 0,
    })),
  )
}
