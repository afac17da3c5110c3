import { type Kysely, sql } from 'kysely'
import type { Scope } from '../../model/access.ts'
import type { Filter } from '../../model/filter.ts'
import type { PastResource } from '../../model/resource.ts'
import type { Key, Page, PageAsked } from '../../model/search.ts'
import type { Database, Row } from '../tables.ts'
import { knownBy, type QuietFields, resourcesAsOf, toPast } from '../versions.ts'
import { after, conditionsOf, seen } from './conditions.ts'
import { namesOf, ofResources } from './names.ts'
import { allOf, anyOf, type Condition, type Reach, reachOf } from './reach.ts'
import { resourceInScope } from './resources.ts'

/** How many resources are looked at for one page: whether one was there at a moment is known only by its versions. */
const mostLookedAt = 1_000

/** Whoever may see a resource may see what it was. */
export async function pastInScope(
  db: Kysely<Database>,
  quiet: QuietFields,
  scope: Scope,
  id: number,
  time: number,
): Promise<PastResource | null> {
  const resource = await resourceInScope(db, scope, id)
  if (!resource) return null
  const [past] = await resourcesAsOf(db, quiet, resource.connectionId, time, { ids: [id] })
  return past ? ((await placed(db, await reachOf(db, scope), [past]))[0] ?? null) : null
}

export async function searchPast(
  db: Kysely<Database>,
  quiet: QuietFields,
  scope: Scope,
  time: number,
  page: PageAsked,
): Promise<Page<PastResource>> {
  const reach = await reachOf(db, scope)
  const { lasting, ofThen } = parted(page.filter)
  const among = allOf([
    await seen(db, reach, lasting, { ...ofResources, words: [], columns: { type: 'resources.type' } }),
    after(['resources.title', 'resources.id'], page.after),
  ])
  const wasSo = allOf([
    ofThen.terms.some(({ name }) => name === 'gone') ? null : isGone('false'),
    ...(await conditionsOf(db, ofThen, {
      ...ofResources,
      words: ['past.title'],
      ids: { parent: 'past.parentId' },
      terms: { gone: (flags) => anyOf(flags.map(isGone)) },
    })),
  ])
  const looked = sql`select id, connection_id, type, node_id, title from resources where ${among}
    order by title, id limit ${mostLookedAt}`
  const { rows } = await sql<PastRow>`
    select past.*, resources.type, resources.node_id, resources.title as title_now
    from (${looked}) as resources cross join versions as past
      on past.connection_id = resources.connection_id and past.resource_id = resources.id
      and past.version = ${knownBy(time)}
    where ${wasSo} order by resources.title, resources.id limit ${page.limit + 1}`.execute(db)
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const isMore = rows.length > page.limit && last !== undefined
  return {
    rows: await placed(
      db,
      reach,
      shown.map((row) => toPast(row, quiet)),
    ),
    next: isMore ? [last.titleNow, last.resourceId] : await lastLookedAt(db, among),
    total: null,
  }
}

type PastRow = Row<'versions'> & Pick<Row<'resources'>, 'type' | 'nodeId'> & { titleNow: string }

/** What never changes of a resource, and what a version says. */
function parted({ words, terms }: Filter): { lasting: Filter; ofThen: Filter } {
  const isOfThen = ({ name }: Filter['terms'][number]) => name === 'parent' || name === 'gone'
  return {
    lasting: { words: [], terms: terms.filter((term) => !isOfThen(term)) },
    ofThen: { words, terms: terms.filter(isOfThen) },
  }
}

const isGone = (flag: string): Condition =>
  flag === 'true' ? sql`${sql.ref('past.goneAt')} is not null` : sql`${sql.ref('past.goneAt')} is null`

/** Where the next page goes on, if there is more to look at. */
async function lastLookedAt(db: Kysely<Database>, among: Condition): Promise<Key | null> {
  const { rows } = await sql<{ title: string; id: number }>`
    select title, id from resources where ${among} order by title, id limit 2 offset ${mostLookedAt - 1}`.execute(db)
  const [last, more] = rows
  return last && more ? [last.title, last.id] : null
}

/** Where it was is told to those who may see that place. */
async function placed(db: Kysely<Database>, reach: Reach, rows: readonly PastResource[]): Promise<PastResource[]> {
  const parents = await namesOf(
    db,
    reach,
    rows.flatMap(({ parentId }) => parentId ?? []),
  )
  const visible = new Set(parents.map(({ id }) => id))
  return rows.map((row) => ({
    ...row,
    parentId: row.parentId !== null && visible.has(row.parentId) ? row.parentId : null,
  }))
}
