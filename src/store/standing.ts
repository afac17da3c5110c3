import { CompiledQuery, type Kysely } from 'kysely'
import type { Judgement, Standing } from '../model/control.ts'
import type { ControlStore } from '../model/control-store.ts'
import { inTransaction } from './in-transaction.ts'
import { rowInserter } from './insert-rows.ts'
import { stateActivity } from './state-activity.ts'
import type { Database, Row } from './tables.ts'

type StandingRow = Pick<Row<'controls'>, 'id' | 'resourceId' | 'path' | 'state' | 'reason' | 'since' | 'value'>

/** Many controls at once. The statements stand as they are: there are a hundred thousand rows to a change. */
export const standing = (db: Kysely<Database>): Pick<ControlStore, 'standing' | 'recordAll'> => ({
  standing: async (connectionId, resourceIds, paths) => {
    const lists = [JSON.stringify(resourceIds), JSON.stringify(paths)]
    const { rows } = await db.executeQuery(CompiledQuery.raw(known, [connectionId, ...lists]))
    return (rows as StandingRow[]).map((row) => ({ ...row, value: row.value === null ? null : JSON.parse(row.value) }))
  },
  recordAll: (connectionId, judgements, cause, now) =>
    inTransaction(db, (db) => recordAll(db, connectionId, judgements, cause, now)),
})

const known = `select id, resource_id, path, state, reason, since, value from controls
  where connection_id = ? and resource_id in (select value from json_each(?)) and removed_at is null
  and path in (select value from json_each(?))`

async function recordAll(
  db: Kysely<Database>,
  connectionId: number,
  judgements: readonly Judgement[],
  cause: string,
  now: number,
): Promise<Standing[]> {
  const before = await present(db, connectionId, judgements, now)
  const judged = judgements.map((judgement, index) => ({ connectionId, judgement, before: before[index] as Standing }))
  const runs = await keepRuns(
    db,
    judged.map(({ judgement, before }) => ({ connectionId, controlId: before.id, judgement, cause, now })),
  )
  const runIds = new Map(runs.map(({ id, controlId }) => [controlId, id]))
  const after = judged.map(({ judgement: { resource, path, verdict, value }, before }) => ({
    ...{ connectionId, id: before.id, resourceId: resource.id, title: resource.title, path, value },
    ...{ state: verdict.state, reason: verdict.reason, isMoved: verdict.state !== before.state },
    ...{ since: verdict.state === before.state ? before.since : now, lastRunAt: now, lastRunId: runIds.get(before.id) },
  }))
  await move(db, after)
  const moved = after.flatMap((each, index) => (each.isMoved ? [{ each, from: before[index] as Standing }] : []))
  await tell(
    db,
    moved.map(({ each, from }) => stateActivity(from.state, each)),
  )
  return moved.map(({ each }) => each)
}

/** How each stands, made anew where it is not there. */
async function present(
  db: Kysely<Database>,
  connectionId: number,
  judgements: readonly Judgement[],
  now: number,
): Promise<Standing[]> {
  const missing = judgements.filter(({ before }) => before === null).toSorted(byPath)
  const made = await make(
    db,
    missing.map(({ resource, path }) => ({ connectionId, resource, path, now })),
  )
  const ids = new Map(made.map(({ id, resourceId, path }) => [`${resourceId} ${path}`, id]))
  return judgements.map(({ before, resource, path }) => {
    const id = ids.get(`${resource.id} ${path}`) ?? 0
    return before ?? { id, resourceId: resource.id, path, state: 'tbd', reason: '', since: now, value: null }
  })
}

/** A change of one control on many resources then touches few pages of the database. */
const byPath = (a: Judgement, b: Judgement): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)

/** Those of a resource that came back have their old id. */
const make = rowInserter<
  { connectionId: number; resource: Judgement['resource']; path: string; now: number },
  Pick<Row<'controls'>, 'id' | 'resourceId' | 'path'>
>(
  'controls',
  ['connection_id', 'resource_id', 'path', 'state', 'reason', 'since', 'title'],
  `on conflict (connection_id, resource_id, path) do update set state = 'tbd', reason = '', since = excluded.since,
   last_run_at = null, last_run_id = null, value = null, removed_at = null, title = excluded.title
   returning id, resource_id, path`,
  ({ connectionId, resource, path, now }) => [connectionId, resource.id, path, 'tbd', '', now, resource.title],
)

const keepRuns = rowInserter<
  { connectionId: number; controlId: number; judgement: Judgement; cause: string; now: number },
  Pick<Row<'runs'>, 'id' | 'controlId'>
>(
  'runs',
  ['connection_id', 'control_id', 'cause', 'value', 'verdict', 'calls', 'started_at', 'ended_at'],
  'returning id, control_id',
  ({ connectionId, controlId, judgement: { value, verdict }, cause, now }) => [
    ...[connectionId, controlId, cause, JSON.stringify(value), JSON.stringify(verdict), '[]', now, now],
  ],
)

type Moving = Omit<StandingRow, 'value'> &
  Pick<Row<'controls'>, 'connectionId' | 'title' | 'lastRunAt'> & {
    value: Judgement['value']
    lastRunId: number | undefined
  }

/** By the id, which is there: inserting is but the way to give many rows their values in one statement. */
const move = rowInserter<Moving>(
  'controls',
  [
    ...['id', 'connection_id', 'resource_id', 'path', 'title', 'state', 'reason', 'since'],
    ...['last_run_at', 'last_run_id', 'value'],
  ],
  `on conflict (id) do update set state = excluded.state, reason = excluded.reason, since = excluded.since,
   last_run_at = excluded.last_run_at, last_run_id = excluded.last_run_id, value = excluded.value
   where controls.connection_id = excluded.connection_id`,
  ({ id, connectionId, resourceId, path, title, state, reason, since, lastRunAt, lastRunId, value }) => [
    ...[id, connectionId, resourceId, path, title, state, reason, since],
    ...[lastRunAt, lastRunId, JSON.stringify(value)],
  ],
)

const tell = rowInserter<ReturnType<typeof stateActivity>>(
  'activities',
  ['connection_id', 'resource_id', 'kind', 'actor', 'summary', 'changes', 'source', 'delivery_id', 'at'],
  '',
  ({ connectionId, resourceId, kind, actor, summary, changes, source, deliveryId, at }) => [
    ...[connectionId, resourceId, kind, actor, summary, JSON.stringify(changes), source, deliveryId, at],
  ],
)
