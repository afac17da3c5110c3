import type { Connection } from '../model/connection.ts'
import type { NewJob } from '../model/job.ts'
import type { ResourceType } from '../model/resource-type.ts'
import type { Store } from '../model/store.ts'
import { organization } from '../resources/organization.ts'
import { askedControls } from './asked-controls.ts'
import { controlJob, sweepJob, wholly } from './jobs.ts'

/** Whether GitHub refused a whole pass, or does no more, changes what is said of things that no read changed. */
export async function judgedByPass(
  store: Store,
  connection: Connection,
  { type }: Pick<ResourceType, 'type'>,
  why: string,
  now: number,
): Promise<NewJob[]> {
  const asked = await askedControls(store, connection)
  const judged = asked.filter(({ related }) => Object.values<string>(related).includes(type))
  const root = await store.resources.byNodeId(connection.id, organization.type, connection.organizationNodeId)
  const own = root ? judged.filter(({ target }) => target === organization.type) : []
  const paths = judged.filter(({ target }) => target !== organization.type).map(({ path }) => path)
  return [
    ...own.map(({ path }) => controlJob(connection.id, { path, resourceId: root?.id ?? 0, why, fresh: false }, now)),
    ...(paths.length > 0 ? [sweepJob(connection.id, { ...wholly, paths, placeId: null, why }, now)] : []),
  ]
}
