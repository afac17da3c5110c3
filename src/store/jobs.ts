import { type Kysely, sql } from 'kysely'
import type { Clock } from '../model/clock.ts'
import type { Job, JobKind, JobState, NewJob } from '../model/job.ts'
import type { JobStore } from '../model/job-store.ts'
import { claim, claimAlike, claimProjections, isDue } from './claim-jobs.ts'
import { inTransaction } from './in-transaction.ts'
import { parked, projection, queued, running } from './job-state.ts'
import { relaxed } from './relaxed.ts'
import type { Database, Row } from './tables.ts'
import { firstArrival, waiting } from './waiting-deliveries.ts'

/** Rows per statement: SQLite takes 32,766 values in one. */
const rowsAtOnce = 500

export function jobs(db: Kysely<Database>, clock: Clock): JobStore {
  return {
    enqueue: (jobs) => (jobs.length === 0 ? Promise.resolve() : inTransaction(db, (db) => enqueue(db, jobs, clock()))),
    claim: async (now, limit) => {
      if (!(await isDue(db, '<>', now))) return []
      return (await relaxed(db, (db) => inTransaction(db, (db) => claim(db, now, limit)))).map(toJob)
    },
    claimProjections: async (now, limit) => {
      if (!(await isDue(db, '=', now))) return []
      return (await relaxed(db, (db) => claimProjections(db, now, limit))).map(toJob)
    },
    claimAlike: async (job, now, limit) => (await relaxed(db, (db) => claimAlike(db, job, now, limit))).map(toJob),
    done: async (ids) => {
      if (ids.length > 0) await relaxed(db, (db) => done(db, ids))
    },
    retry: (id, runAt, error) => inTransaction(db, (db) => again(db, id, { runAt, error, waits: 0 })),
    wait: (id, runAt, reason) => inTransaction(db, (db) => again(db, id, { runAt, error: reason, waits: 1 })),
    note: async (id, payload) => {
      const columns = { payload: JSON.stringify(payload ?? null) }
      await relaxed(db, (db) =>
        db.updateTable('jobs').set(columns).where('id', '=', id).where('state', '=', running).execute(),
      )
    },
    waiting: () =>
      db
        .selectFrom('jobs')
        .select(({ fn }) => [
          'connectionId',
          fn.countAll<number>().as('count'),
          fn.min<number>('runAt').as('next'),
          fn.max<number>('runAt').as('until'),
        ])
        .where('state', '=', queued)
        .where('waits', '=', sql.lit(1))
        .groupBy('connectionId')
        .execute(),
    toCome: async (connectionId, kind, now) => {
      const all = db.selectFrom('jobs').where('connectionId', '=', connectionId).where('kind', '=', kind)
      const row = await all
        .where(({ eb, or }) =>
          or([
            eb('state', '=', running),
            eb('state', '=', queued).and(or([eb('runAt', '<=', now), eb('waits', '=', 1)])),
          ]),
        )
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return row.count
    },
    park: async (id, error) => {
      await db.updateTable('jobs').set({ state: 'parked', error }).where('id', '=', id).execute()
    },
    clear: (connectionId) => inTransaction(db, (db) => clear(db, connectionId)),
    drop: async (connectionId) => {
      await db.deleteFrom('jobs').where('connectionId', '=', connectionId).execute()
    },
    isUnderWay: async (jobs, now) => {
      const keys = jobs.map(({ key }) => key)
      const due = db.selectFrom('jobs').select('id').where('state', '=', queued).where('key', 'in', keys)
      if (await due.where('runAt', '<=', now).executeTakeFirst()) return true
      const locks = jobs.map(({ lock }) => lock)
      const begun = db.selectFrom('jobs').select('id').where('state', '=', running).where('lock', 'in', locks)
      return (await begun.where('key', 'in', keys).executeTakeFirst()) !== undefined
    },
    recover: () => inTransaction(db, recover),
    nextDueAt: async () => {
      // Each by its own index, as they are claimed.
      const next = (isProjection: '=' | '<>') => {
        const queue = db.selectFrom('jobs').where('state', '=', queued).where('kind', isProjection, projection)
        return queue.select(({ fn }) => fn.min<number | null>('runAt').as('runAt')).executeTakeFirst()
      }
      const dues = [(await next('='))?.runAt, (await next('<>'))?.runAt, (await firstArrival(db))?.receivedAt]
      const due = Math.min(...dues.map((each) => each ?? Number.POSITIVE_INFINITY))
      return due === Number.POSITIVE_INFINITY ? null : due
    },
    counts: () => {
      // Each state by its own index: grouping would read every job there is.
      const count = (state: typeof queued | typeof running | typeof parked) => {
        const all = db.selectFrom('jobs').where('state', '=', state)
        return all
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .$asScalar()
          .$notNull()
      }
      const toCome = sql<number>`${count(queued)} + ${waiting}`
      const counts = [toCome.as('queued'), count(running).as('running'), count(parked).as('parked')] as const
      return db.selectNoFrom(counts).executeTakeFirstOrThrow()
    },
    list: async (state, limit) => {
      const rows = await db
        .selectFrom('jobs')
        .selectAll()
        .where('state', '=', sql.lit(state))
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({ ...toJob(row), error: row.error }))
    },
    running: async (connectionId, kind) => {
      const all = db.selectFrom('jobs').selectAll().where('state', '=', running)
      return (await all.where('connectionId', '=', connectionId).where('kind', '=', kind).execute()).map(toJob)
    },
    replay: (id, now) => inTransaction(db, (db) => replay(db, id, now)),
    census: async () => {
      const { rows } = await sql<{ kind: JobKind; state: JobState; count: number }>`
        select kind, state, sum(count) as count from (
          select kind, state, count(*) as count from jobs group by kind, state
          union all select ${projection}, ${queued}, size from arrivals)
        group by kind, state`.execute(db)
      return rows
    },
    parked: async (kind) => {
      const all = db.selectFrom('jobs').selectAll().where('state', '=', parked).orderBy('id')
      const rows = await (kind ? all.where('kind', '=', kind) : all).execute()
      return rows.map((row) => ({ ...toJob(row), error: row.error ?? '' }))
    },
  }
}

async function enqueue(db: Kysely<Database>, jobs: readonly NewJob[], now: number): Promise<void> {
  for (let start = 0; start < jobs.length; start += rowsAtOnce) {
    const rows = jobs.slice(start, start + rowsAtOnce).map((job) => ({
      kind: job.kind,
      connectionId: job.connectionId,
      key: job.key,
      lock: job.lock,
      payload: JSON.stringify(job.payload ?? null),
      runAt: job.runAt,
      attempts: 0,
      state: 'queued' as const,
      createdAt: now,
    }))
    await db
      .insertInto('jobs')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .column('key')
          .where('state', '=', queued)
          .doUpdateSet({
            payload: (eb) => eb.ref('excluded.payload'),
            waits: sql`case when excluded.run_at < jobs.run_at then 0 else jobs.waits end`,
            runAt: sql`min(jobs.run_at, excluded.run_at)`,
          }),
      )
      .execute()
  }
}

async function done(db: Kysely<Database>, ids: readonly number[]): Promise<void> {
  await db.deleteFrom('jobs').where('id', 'in', ids).where('state', '=', running).execute()
}

/**
 * A job that was asked for again meanwhile is the same work: the newer one goes on, knowing of the failures. Having to wait
 * is none.
 */
async function again(
  db: Kysely<Database>,
  id: number,
  { runAt, error, waits }: Pick<Row<'jobs'>, 'runAt' | 'waits'> & { error: string },
): Promise<void> {
  const failed = await db
    .selectFrom('jobs')
    .select(['key', 'attempts'])
    .where('id', '=', id)
    .where('state', '=', running)
    .executeTakeFirst()
  if (!failed) return
  const attempts = failed.attempts + (waits ? 0 : 1)
  const folded = await db
    .updateTable('jobs')
    .set({ error, attempts: sql`max(attempts, ${attempts})`, runAt: sql`min(run_at, ${runAt})`, waits })
    .where('key', '=', failed.key)
    .where('state', '=', queued)
    .returning('id')
    .executeTakeFirst()
  if (folded) await db.deleteFrom('jobs').where('id', '=', id).execute()
  else
    await db.updateTable('jobs').set({ state: 'queued', runAt, error, attempts, waits }).where('id', '=', id).execute()
}

/** Where the same work is queued already, that one is enough. */
async function replay(db: Kysely<Database>, id: number, now: number): Promise<boolean> {
  const ended = db.deleteFrom('jobs').where('id', '=', id).where('state', '=', parked)
  const job = await ended.returningAll().executeTakeFirst()
  if (!job) return false
  await enqueue(db, [toJob({ ...job, runAt: now })], now)
  return true
}

async function clear(db: Kysely<Database>, connectionId: number): Promise<number> {
  const others = db.deleteFrom('jobs').where('connectionId', '=', connectionId).where('kind', '<>', 'remove')
  await others.where('state', '<>', running).execute()
  const { count } = await db
    .selectFrom('jobs')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('connectionId', '=', connectionId)
    .where('kind', '<>', 'remove')
    .executeTakeFirstOrThrow()
  return count
}

/** Of jobs of one key the newest goes on; a queued one is newer than a running one. */
async function recover(db: Kysely<Database>): Promise<number> {
  const all = db.selectFrom('jobs as other')
  const askedAgain = all.select('other.key').where('other.state', '=', queued)
  const newest = all.select(({ fn }) => fn.max('other.id').as('id')).where('other.state', '=', running)
  const stale = db.deleteFrom('jobs').where('state', '=', running)
  await stale.where('key', 'in', askedAgain).execute()
  await stale.where('id', 'not in', newest.groupBy('other.key')).execute()
  const again = await db
    .updateTable('jobs')
    .set({ state: 'queued', attempts: sql`attempts + 1`, waits: 0 })
    .where('state', '=', running)
    .executeTakeFirst()
  return Number(again.numUpdatedRows)
}

const toJob = ({ id, kind, connectionId, key, lock, payload, runAt, attempts }: Row<'jobs'>): Job => ({
  id,
  kind,
  connectionId,
  key,
  lock,
  payload: JSON.parse(payload),
  runAt,
  attempts,
})
