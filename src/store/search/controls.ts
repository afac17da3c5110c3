import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Scope } from '../../model/access.ts'
import type { ControlRecord } from '../../model/control.ts'
import { type ControlState, worstFirst } from '../../model/control-state.ts'
import type { ControlCount, FoundControl, Page, PageAsked } from '../../model/search.ts'
import type { Database } from '../tables.ts'
import { after, seen } from './conditions.ts'
import { namesOf } from './names.ts'
import { pageOf, totalOf } from './page.ts'
import { allOf, anyOf, type Condition, isAny, reachOf, within } from './reach.ts'

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

const place = { connectionId: 'controls.connectionId', resourceId: 'controls.resourceId' }
/** The plus keeps SQLite from looking for an index of it: nearly all are there. */
const present: Condition = sql`+${sql.ref('controls.removedAt')} is null`
const order = ['controls.severity', 'controls.title', 'controls.id']

const mutedNow = (now: number): Condition =>
  sql`${sql.ref('controls.id')} in (select control_id from mutes where until <> 'date' or date > ${now})`

export async function searchControls(db: Kysely<Database>, scope: Scope, page: PageAsked): Promise<Page<FoundControl>> {
  const reach = await reachOf(db, scope)
  // By an index rows would be looked up all over the table: to search texts, it is read from end to end.
  const readsAll = page.filter.words.length > 0
  const speaksOfMuted = page.filter.terms.some(({ name }) => name === 'muted')
  const searched = {
    ...place,
    words: ['controls.title', 'controls.reason'],
    columns: { type: 'controls.path' },
    ids: { resource: 'controls.resourceId' },
    terms: { state: hasState, muted: isMuted(page.now) },
  }
  const hidden = speaksOfMuted ? null : sql<boolean>`not ${mutedNow(page.now)}`
  const condition = await seen(db, reach, page.filter, searched, [present, hidden])
  const inOrder = (column: string) => (readsAll ? sql`+${sql.ref(column)}` : sql.ref(column))
  const rows = await db
    .selectFrom('controls')
    .select([...columns, 'severity', 'title'])
    .select(sql<number>`${mutedNow(page.now)}`.as('muted'))
    .where(allOf([condition, after(order, page.after)]))
    .orderBy(inOrder('controls.severity'))
    .orderBy(inOrder('controls.title'))
    .orderBy(inOrder('controls.id'))
    .limit(page.limit + 1)
    .execute()
  const total = await totalOf(db, 'controls', condition, page, rows.length)
  const found = pageOf(rows, page, total, ({ severity, title, id }) => [severity, title, id])
  const names = await namesOf(
    db,
    reach,
    found.rows.map(({ resourceId }) => resourceId),
  )
  const byId = new Map(names.map((name) => [name.id, name]))
  return {
    ...found,
    rows: found.rows.flatMap(({ severity: _, title: __, muted, ...control }) => {
      const resource = byId.get(control.resourceId)
      return resource ? [{ ...control, resource, muted: Boolean(muted) }] : []
    }),
  }
}

const hasState = (states: readonly string[]): Condition =>
  isAny(
    sql.ref('controls.severity'),
    states.map((state) => worstFirst.indexOf(state as ControlState)),
  )

const isMuted =
  (now: number) =>
  (flags: readonly string[]): Condition =>
    anyOf(flags.map((flag) => (flag === 'true' ? mutedNow(now) : sql`not ${mutedNow(now)}`)))

export async function controlInScope(db: Kysely<Database>, scope: Scope, id: number): Promise<ControlRecord | null> {
  const condition = allOf([within(await reachOf(db, scope), place), present, sql`${sql.ref('controls.id')} = ${id}`])
  return (await db.selectFrom('controls').select(columns).where(condition).executeTakeFirst()) ?? null
}

/** By an index alone: the rows are not looked at, but for the muted ones. */
export async function countControls(db: Kysely<Database>, scope: Scope, now: number): Promise<ControlCount[]> {
  const condition = allOf([within(await reachOf(db, scope), place), present])
  const counts = (more: Condition | null) =>
    db
      .selectFrom('controls')
      .select(({ fn }) => ['path', 'state', fn.countAll<number>().as('count')])
      .where(allOf([condition, more]))
      .groupBy(['path', 'state'])
      .execute()
  const [all, muted] = [await counts(null), await counts(mutedNow(now))]
  return all.map(({ path, state, count }) => {
    const hidden = muted.find((each) => each.path === path && each.state === state)?.count ?? 0
    return { path, state, count: count - hidden, muted: hidden }
  })
}

export async function statesOf(
  db: Kysely<Database>,
  scope: Scope,
  resourceId: number,
  now: number,
): Promise<ControlState[]> {
  const reach = await reachOf(db, scope)
  const isOwn = sql<SqlBool>`${sql.ref('controls.resourceId')} = ${resourceId}
    and ${sql.ref('controls.connectionId')} = (select connection_id from resources where id = ${resourceId})`
  const condition = allOf([within(reach, place), present, isOwn, sql`not ${mutedNow(now)}`])
  const rows = await db.selectFrom('controls').select('state').where(condition).execute()
  return rows.map(({ state }) => state)
}
