import type { z } from '@hono/zod-openapi'
import { resourceTypes } from '../../engine/catalog.ts'
import type { Means } from '../../engine/means.ts'
import type { Scope } from '../../model/access.ts'
import { type ControlState, worstFirst } from '../../model/control-state.ts'
import type { Resource } from '../../model/resource.ts'
import type { ResourceName } from '../../model/search.ts'
import { moment, momentOrNull } from './asked.ts'
import type { resourceDetail } from './shapes/resource.ts'

/** One resource with all that is known of it. */
export async function tellResource(
  { store, clock }: Means,
  scope: Scope,
  resource: Resource,
): Promise<z.infer<typeof resourceDetail>> {
  const { id, connectionId, type, title, goneAt } = resource
  const path = await above(store, scope, resource)
  const states = await store.search.statesOf(scope, id, clock())
  const { url } = resource.data
  return {
    id,
    connectionId,
    type,
    title,
    parentId: path.some((each) => each.id === resource.parentId) ? resource.parentId : null,
    hasChildren: (await store.resources.list(connectionId, { parentId: id, limit: 1 })).length > 0,
    lastSeenAt: moment(resource.lastSeen.at),
    goneAt: momentOrNull(goneAt),
    worst: worstFirst.find((state) => states.some((each) => each === state)) ?? null,
    nodeId: resource.nodeId,
    url: typeof url === 'string' && url.startsWith('https://') ? url : null,
    path,
    version: resource.version,
    createdAt: moment(resource.createdAt),
    fields: fieldsOf(resource),
    refusal: resource.refusal && { reason: resource.refusal.reason, remedy: resource.refusal.remedy?.action ?? null },
    goneReason: resource.goneReason,
    controls: countsOf(states),
  }
}

/** Those above it that may be seen, from the top. */
async function above(store: Means['store'], scope: Scope, { connectionId, id }: Resource): Promise<ResourceName[]> {
  const ancestry = (await store.resources.ancestry(connectionId, id)).filter((each) => each !== id)
  const names = await store.search.names(scope, ancestry)
  return ancestry.toReversed().flatMap((each) => names.find((name) => name.id === each) ?? [])
}

function fieldsOf({ type, data, sightings }: Resource) {
  const fields = resourceTypes.find((known) => known.type === type)?.fields ?? {}
  return Object.entries(fields).map(([name, { about }]) => ({
    name,
    value: data[name] ?? null,
    about,
    source: sightings[name]?.source ?? null,
    at: momentOrNull(sightings[name]?.at ?? null),
  }))
}

function countsOf(states: readonly ControlState[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1
  return counts
}
