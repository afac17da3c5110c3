import type { Kysely } from 'kysely'
import type { Scope } from '../../model/access.ts'
import type { News, Watermarks } from '../../model/news.ts'
import type { Database } from '../tables.ts'
import { namesOf } from './names.ts'
import { reachOf } from './reach.ts'

/** More at once is no news but a flood: who looks afterwards sees it all. */
const most = 500

export async function watermarks(db: Kysely<Database>): Promise<Watermarks> {
  const newest = async (table: 'activities' | 'runs' | 'deliveries') =>
    (await db.selectFrom(table).select('id').orderBy('id', 'desc').limit(1).executeTakeFirst())?.id ?? 0
  return { activity: await newest('activities'), run: await newest('runs'), delivery: await newest('deliveries') }
}

/** What came after the marks, and how the deliveries that were pending stand now. */
export async function newsSince(db: Kysely<Database>, marks: Watermarks, pending: readonly number[]): Promise<News> {
  const activities = await db
    .selectFrom('activities')
    .select(['id', 'connectionId', 'resourceId', 'kind'])
    .where('id', '>', marks.activity)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const runs = await db
    .selectFrom('runs')
    .innerJoin('controls', 'controls.id', 'runs.controlId')
    .select(['runs.id as runId', 'controls.id', 'controls.connectionId', 'controls.resourceId'])
    .where('runs.id', '>', marks.run)
    .orderBy('runs.id', 'desc')
    .limit(most)
    .execute()
  const deliveries = await db
    .selectFrom('deliveries')
    .select(['id', 'connectionId', 'status'])
    .where((eb) => eb.or([eb('id', '>', marks.delivery), ...(pending.length > 0 ? [eb('id', 'in', pending)] : [])]))
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  const touched = (kinds: readonly string[]) => [
    ...new Set(activities.filter(({ kind }) => kinds.includes(kind)).map(({ resourceId }) => resourceId)),
  ]
  const others = await ofResources(db, 'controls', touched(['found', 'gone', 'returned', 'mute']))
  return {
    marks: {
      activity: activities[0]?.id ?? marks.activity,
      run: runs[0]?.runId ?? marks.run,
      delivery: Math.max(marks.delivery, deliveries[0]?.id ?? 0),
    },
    activities,
    controls: [...runs.map(({ runId: _, ...control }) => control), ...others],
    settings: await ofResources(db, 'policySettings', touched(['policy'])),
    deliveries: deliveries.map(({ id, connectionId, status }) => ({
      id,
      connectionId,
      isPending: status === 'pending',
    })),
  }
}

async function ofResources(db: Kysely<Database>, table: 'controls' | 'policySettings', ids: readonly number[]) {
  if (ids.length === 0) return []
  // Ids of resources are those of one connection each; its id comes first in every index.
  const connections = db.selectFrom('resources').select('connectionId').where('id', 'in', ids)
  return db
    .selectFrom(table)
    .select(['id', 'connectionId', 'resourceId'])
    .where('connectionId', 'in', connections)
    .where('resourceId', 'in', ids)
    .limit(most)
    .$narrowType<{ connectionId: number; resourceId: number }>()
    .execute()
}

/** What of the news somebody may see. */
export async function seenBy(
  db: Kysely<Database>,
  scope: Scope,
  resourceIds: readonly number[],
): Promise<{ connections: 'all' | ReadonlySet<number>; resources: 'all' | ReadonlySet<number> }> {
  const reach = await reachOf(db, scope)
  if (reach === 'everything') return { connections: 'all', resources: 'all' }
  const names = await namesOf(db, reach, resourceIds)
  return { connections: new Set(reach.connections), resources: new Set(names.map(({ id }) => id)) }
}
