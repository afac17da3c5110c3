import type { Connection } from '../model/connection.ts'
import type { NewJob } from '../model/job.ts'
import type { Store } from '../model/store.ts'
import { askedControls } from './asked-controls.ts'
import { controlJob, sweepJob, wholly } from './jobs.ts'

/** Jobs that judge every control of the organization itself, after asking GitHub afresh. */
export async function organizationControls(
  store: Store,
  connection: Connection,
  why: string,
  now: number,
): Promise<NewJob[]> {
  const type = 'GitHub > Organization'
  const root = await store.resources.byNodeId(connection.id, type, connection.organizationNodeId)
  if (!root) return []
  return (await askedControls(store, connection))
    .filter(({ target }) => target === type)
    .map(({ path }) => controlJob(connection.id, { path, resourceId: root.id, why, fresh: true }, now))
}

/** A job that judges every control of what is below the organization, by what is known. Guardpost may be a newer one by now. */
export async function controlsBelow(store: Store, connection: Connection, why: string, now: number): Promise<NewJob[]> {
  const below = (await askedControls(store, connection)).filter(({ target }) => target !== 'GitHub > Organization')
  const paths = below.map(({ path }) => path)
  return paths.length === 0 ? [] : [sweepJob(connection.id, { ...wholly, paths, placeId: null, why }, now)]
}
