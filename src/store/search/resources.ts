import { type Kysely, sql } from 'kysely'
import type { Scope } from '../../model/access.ts'
import { type ControlState, worstFirst } from '../../model/control-state.ts'
import type { Resource } from '../../model/resource.ts'
import type { FoundResource, Page, PageAsked } from '../../model/search.ts'
import { toResource } from '../resources.ts'
import type { Database } from '../tables.ts'
import { after, seen } from './conditions.ts'
import { namesOf, ofResources } from './names.ts'
import { pageOf, totalOf } from './page.ts'
import { allOf, anyOf, beneath, type Condition, isAny, reachOf, within } from './reach.ts'

/** The plus keeps SQLite from going by an index of it: nearly all are there. */
const isGone = (flag: string): Condition =>
  flag === 'true' ? sql`+${sql.ref('resources.goneAt')} is not null` : sql`+${sql.ref('resources.goneAt')} is null`

/** Of the controls of a resource that are not muted. */
const worstOf = (now: number) => sql<number | null>`(
  select min(+severity) from controls
  where connection_id = resources.connection_id and resource_id = resources.id and +removed_at is null
  and id not in (select control_id from mutes where until <> 'date' or date > ${now}))`

export async function searchResources(
  db: Kysely<Database>,
  scope: Scope,
  page: PageAsked,
): Promise<Page<FoundResource>> {
  const reach = await reachOf(db, scope)
  const severity = (state: string) => worstFirst.indexOf(state as ControlState)
  const searched = {
    ...ofResources,
    words: ['resources.title'],
    columns: { type: 'resources.type' },
    ids: { parent: 'resources.parentId' },
    terms: {
      under: (ids: readonly string[]) => beneath(db, ids.map(Number)),
      gone: (flags: readonly string[]) => anyOf(flags.map(isGone)),
      state: (states: readonly string[]) => isAny(worstOf(page.now), states.map(severity)),
    },
  }
  const speaksOfGone = page.filter.terms.some(({ name }) => name === 'gone')
  const condition = await seen(db, reach, page.filter, searched, [speaksOfGone ? null : isGone('false')])
  const rows = await db
    .selectFrom('resources')
    .select(['id', 'connectionId', 'type', 'title', 'parentId', 'lastSeenAt', 'goneAt'])
    .where(allOf([condition, after(['resources.title', 'resources.id'], page.after)]))
    .orderBy('title')
    .orderBy('id')
    .limit(page.limit + 1)
    .execute()
  const total = await totalOf(db, 'resources', condition, page, rows.length)
  const found = pageOf(rows, page, total, ({ title, id }) => [title, id])
  const parents = await namesOf(
    db,
    reach,
    found.rows.flatMap(({ parentId }) => parentId ?? []),
  )
  const visible = new Set(parents.map(({ id }) => id))
  const more = await besides(db, found.rows, page.now)
  return {
    ...found,
    rows: found.rows.map(({ parentId, ...row }) => ({
      ...row,
      parentId: parentId !== null && visible.has(parentId) ? parentId : null,
      hasChildren: Boolean(more.get(row.id)?.hasChildren),
      worst: worstFirst[more.get(row.id)?.severity ?? -1] ?? null,
    })),
  }
}

/** What takes a look at other tables, for the rows of one page only. */
async function besides(db: Kysely<Database>, page: readonly { id: number }[], now: number) {
  if (page.length === 0) return new Map<number, never>()
  const rows = await db
    .selectFrom('resources')
    .select('id')
    .select(worstOf(now).as('severity'))
    .select(
      sql<number>`exists (select 1 from resources as child
        where child.connection_id = resources.connection_id and child.parent_id = resources.id)`.as('hasChildren'),
    )
    .where(
      'id',
      'in',
      page.map(({ id }) => id),
    )
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export async function resourceInScope(db: Kysely<Database>, scope: Scope, id: number): Promise<Resource | null> {
  const condition = allOf([within(await reachOf(db, scope), ofResources), sql`${sql.ref('resources.id')} = ${id}`])
  const row = await db.selectFrom('resources').selectAll().where(condition).executeTakeFirst()
  return row ? toResource(row) : null
}

export async function countResources(db: Kysely<Database>, scope: Scope): Promise<{ type: string; count: number }[]> {
  return db
    .selectFrom('resources')
    .select(({ fn }) => ['type', fn.countAll<number>().as('count')])
    .where(allOf([within(await reachOf(db, scope), ofResources), isGone('false')]))
    .groupBy('type')
    .execute()
}
