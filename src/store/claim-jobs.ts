import type { Kysely } from 'kysely'
import type { Job } from '../model/job.ts'
import { projection, queued, running } from './job-state.ts'
import type { Database, Row } from './tables.ts'

/** Whether a projection (`=`), or another job (`<>`), is due: asked often, and mostly none is, so that nothing is locked for it. */
export async function isDue(db: Kysely<Database>, isProjection: '=' | '<>', now: number): Promise<boolean> {
  const queue = db.selectFrom('jobs').select('id').where('state', '=', queued).where('kind', isProjection, projection)
  return (await queue.where('runAt', '<=', now).limit(1).executeTakeFirst()) !== undefined
}

/** Starts due jobs of different locks but no projections, oldest first. Goes once forward over the due ones, however many share a lock. */
export async function claim(db: Kysely<Database>, now: number, limit: number): Promise<Row<'jobs'>[]> {
  const claimed: Row<'jobs'>[] = []
  let last = { runAt: -1, id: 0 }
  while (claimed.length < limit) {
    const due = await dueAfter(db, last, now, limit - claimed.length)
    const next = due.at(-1)
    if (!next) break
    last = next
    const firstOfLock = new Map(due.toReversed().map(({ id, lock }) => [lock, id]))
    claimed.push(...(await start(db, [...firstOfLock.values()])))
  }
  return claimed.toSorted(byAge)
}

/** Due jobs after one in the order of age, of locks under which nothing is running by now. */
const dueAfter = (db: Kysely<Database>, last: { runAt: number; id: number }, now: number, limit: number) =>
  db
    .selectFrom('jobs')
    .select(['id', 'runAt', 'lock'])
    .where('state', '=', queued)
    .where('kind', '<>', projection)
    .where('runAt', '<=', now)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('runAt', 'id'), '>', tuple(last.runAt, last.id)))
    .where('lock', 'not in', (eb) =>
      eb.selectFrom('jobs as busy').select('busy.lock').where('busy.state', '=', running),
    )
    .orderBy('runAt')
    .orderBy('id')
    .limit(limit)
    .execute()

const start = (db: Kysely<Database>, ids: readonly number[]) =>
  db.updateTable('jobs').set({ state: 'running' }).where('id', 'in', ids).returningAll().execute()

/** Starts due projections, oldest first. */
export async function claimProjections(db: Kysely<Database>, now: number, limit: number): Promise<Row<'jobs'>[]> {
  const started = await db
    .updateTable('jobs')
    .set({ state: 'running' })
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('jobs as due')
        .select('due.id')
        .where('due.state', '=', queued)
        .where('due.kind', '=', projection)
        .where('due.runAt', '<=', now)
        .orderBy('due.runAt')
        .orderBy('due.id')
        .limit(limit),
    )
    .returningAll()
    .execute()
  return started.toSorted(byAge)
}

/** Starts more due jobs under the lock of a running one, which is no projection. */
export async function claimAlike(db: Kysely<Database>, job: Job, now: number, limit: number): Promise<Row<'jobs'>[]> {
  const started = await db
    .updateTable('jobs')
    .set({ state: 'running' })
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('jobs as alike')
        .select('alike.id')
        .where('alike.state', '=', queued)
        .where('alike.kind', '<>', projection)
        .where('alike.lock', '=', job.lock)
        .where('alike.runAt', '<=', now)
        .where('alike.kind', '=', job.kind)
        .where('alike.connectionId', 'is not distinct from', job.connectionId)
        .orderBy('alike.runAt')
        .orderBy('alike.id')
        .limit(limit),
    )
    .returningAll()
    .execute()
  return started.toSorted(byAge)
}

const byAge = (a: Row<'jobs'>, b: Row<'jobs'>): number => a.runAt - b.runAt || a.id - b.id
