import type { Kysely } from 'kysely'
import type { NewRun, Run } from '../model/control.ts'
import type { Database, Row } from './tables.ts'

/** Returns the new run's id. */
export async function keepRun(db: Kysely<Database>, run: NewRun): Promise<number> {
  const row = {
    connectionId: run.connectionId,
    controlId: run.controlId,
    cause: run.cause,
    value: JSON.stringify(run.value),
    verdict: JSON.stringify(run.verdict),
    calls: JSON.stringify(run.calls),
    startedAt: run.startedAt,
    endedAt: run.endedAt,
  }
  const { id } = await db.insertInto('runs').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

/** Newest first. */
export async function runsOf(
  db: Kysely<Database>,
  connectionId: number,
  controlId: number,
  limit: number,
): Promise<Run[]> {
  const rows = await db
    .selectFrom('runs')
    .selectAll()
    .where('connectionId', '=', connectionId)
    .where('controlId', '=', controlId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toRun)
}

export const toRun = (row: Row<'runs'>): Run => ({
  ...row,
  value: JSON.parse(row.value),
  verdict: JSON.parse(row.verdict),
  calls: JSON.parse(row.calls),
})
