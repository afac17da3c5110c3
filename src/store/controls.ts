import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Clock } from '../model/clock.ts'
import type { ControlRecord, NewRun } from '../model/control.ts'
import type { ControlFilter, ControlStore } from '../model/control-store.ts'
import { activities } from './activities.ts'
import { letGoOf } from './held-enforcements.ts'
import { inTransaction } from './in-transaction.ts'
import { liftMutesOf, mutes } from './mutes.ts'
import { keepRun, runsOf } from './runs.ts'
import { standing } from './standing.ts'
import { stateActivity } from './state-activity.ts'
import type { Database } from './tables.ts'

const columns = [
  'id',
  'connectionId',
  'resourceId',
  'path',
  'state',
  'reason',
  'since',
  'lastRunAt',
  'lastRunId',
] as const

export function controls(db: Kysely<Database>, clock: Clock): ControlStore {
  return {
    get: async (connectionId, id) => (await present(db, connectionId).where('id', '=', id).executeTakeFirst()) ?? null,
    byResource: async (connectionId, resourceId, path) => {
      const query = present(db, connectionId).where('resourceId', '=', resourceId).where('path', '=', path)
      return (await query.executeTakeFirst()) ?? null
    },
    list: (connectionId, filter = {}) => listing(db, connectionId, filter).execute(),
    ensure: (...control) => inTransaction(db, (db) => ensure(db, ...control)),
    record: (run) => inTransaction(db, (db) => record(db, run)),
    ...standing(db),
    lastRun: async (connectionId, controlId) => (await runsOf(db, connectionId, controlId, 1))[0] ?? null,
    runs: (connectionId, controlId, limit) => runsOf(db, connectionId, controlId, limit),
    census: (now) =>
      db
        .selectFrom('controls')
        .select(({ fn }) => ['connectionId', 'path', 'state', fn.countAll<number>().as('count')])
        .where('removedAt', 'is', null)
        .where(isUnmuted(now))
        .groupBy(['connectionId', 'path', 'state'])
        .execute(),
    ...mutes(db),
    removeOf: async (connectionId, resourceId) => {
      await liftMutesOf(db, connectionId, resourceId)
      await letGoOf(db, connectionId, resourceId)
      await db
        .updateTable('controls')
        .set({ removedAt: clock() })
        .where('connectionId', '=', connectionId)
        .where('resourceId', '=', resourceId)
        .where('removedAt', 'is', null)
        .execute()
    },
  }
}

const present = (db: Kysely<Database>, connectionId: number) =>
  db.selectFrom('controls').select(columns).where('connectionId', '=', connectionId).where('removedAt', 'is', null)

const isUnmuted = (now: number) =>
  sql<SqlBool>`id not in (select control_id from mutes where until <> 'date' or date > ${now})`

function listing(db: Kysely<Database>, connectionId: number, filter: ControlFilter) {
  const { path, state, resourceId, unmutedAt, afterId, limit } = filter
  let query = present(db, connectionId)
  if (path !== undefined) query = query.where('path', '=', path)
  if (state !== undefined) query = query.where('state', '=', state)
  if (resourceId !== undefined) query = query.where('resourceId', '=', resourceId)
  if (unmutedAt !== undefined) query = query.where(isUnmuted(unmutedAt))
  if (afterId !== undefined) query = query.where('id', '>', afterId)
  if (limit !== undefined) query = query.limit(limit)
  return query.orderBy('id')
}

/** Of a resource that is not there none: the reference to it is then refused. */
const titleOf = (connectionId: number, resourceId: number) => sql<string>`coalesce(
  (select title from resources where connection_id = ${connectionId} and id = ${resourceId}), '')`

/** A control whose resource came back starts anew under its old id, so that its runs stay its own. */
async function ensure(
  db: Kysely<Database>,
  connectionId: number,
  resourceId: number,
  path: string,
  now: number,
): Promise<ControlRecord> {
  const wanted = present(db, connectionId).where('resourceId', '=', resourceId).where('path', '=', path)
  const known = await wanted.executeTakeFirst()
  if (known) return known
  const fresh = { state: 'tbd', reason: 'Not run yet.', since: now, lastRunAt: null, lastRunId: null } as const
  return db
    .insertInto('controls')
    .values({
      connectionId,
      resourceId,
      path,
      ...fresh,
      title: titleOf(connectionId, resourceId),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['connectionId', 'resourceId', 'path'])
        .doUpdateSet((eb) => ({ ...fresh, removedAt: null, title: eb.ref('excluded.title') })),
    )
    .returning(columns)
    .executeTakeFirstOrThrow()
}

async function record(db: Kysely<Database>, run: NewRun): Promise<ControlRecord> {
  const { connectionId, controlId, verdict, endedAt } = run
  const before = await present(db, connectionId)
    .where('id', '=', controlId)
    .executeTakeFirstOrThrow(() => new Error(`Connection ${connectionId} has no control ${controlId}.`))
  const lastRunId = await keepRun(db, run)
  const moved = before.state !== verdict.state
  const after = await db
    .updateTable('controls')
    .set({
      // A state that stays is left alone, and with it the indexes by state.
      ...(moved && { state: verdict.state, since: endedAt }),
      reason: verdict.reason,
      lastRunAt: endedAt,
      lastRunId,
      value: JSON.stringify(run.value),
    })
    .where('connectionId', '=', connectionId)
    .where('id', '=', controlId)
    .returning(columns)
    .executeTakeFirstOrThrow()
  if (moved) await activities(db).add(stateActivity(before.state, after))
  return after
}
