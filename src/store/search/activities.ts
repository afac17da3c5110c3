import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Scope } from '../../model/access.ts'
import type { FoundActivity, Page, PageAsked } from '../../model/search.ts'
import { toActivity } from '../activities.ts'
import type { Database } from '../tables.ts'
import { before, seen } from './conditions.ts'
import { namesOf } from './names.ts'
import { pageOf, totalOf } from './page.ts'
import { allOf, anyOf, type Condition, reachOf, withinWhole } from './reach.ts'

export async function searchActivities(
  db: Kysely<Database>,
  scope: Scope,
  page: PageAsked,
): Promise<Page<FoundActivity>> {
  const reach = await reachOf(db, scope)
  const condition = await seen(db, reach, page.filter, {
    connectionId: 'activities.connectionId',
    resourceId: 'activities.resourceId',
    words: ['activities.summary'],
    columns: { kind: 'activities.kind', actor: 'activities.actor', source: 'activities.source' },
    ids: { resource: 'activities.resourceId' },
    terms: { control: (ids) => anyOf(ids.map((id) => isOfControl(Number(id)))) },
  })
  const whole = withinWhole(reach, 'activities.connectionId')
  const rows = await db
    .selectFrom('activities')
    .selectAll()
    .select(sql<number>`${whole ?? sql`1`}`.as('mayKnowDelivery'))
    .where(allOf([condition, before('activities.id', page.after)]))
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const total = await totalOf(db, 'activities', condition, page, rows.length)
  const found = pageOf(rows, page, total, ({ id }) => [id])
  const names = new Map(
    (
      await namesOf(
        db,
        reach,
        found.rows.map(({ resourceId }) => resourceId),
      )
    ).map((name) => [name.id, name]),
  )
  return {
    ...found,
    rows: found.rows.flatMap(({ mayKnowDelivery, ...row }) => {
      const resource = names.get(row.resourceId)
      const deliveryId = mayKnowDelivery ? row.deliveryId : null
      return resource ? [{ ...toActivity(row), deliveryId, resource }] : []
    }),
  }
}

/** Whatever happened to a control of a resource begins with its path. */
const isOfControl = (id: number): Condition => sql<SqlBool>`exists (
  select 1 from controls where controls.id = ${id}
  and controls.connection_id = activities.connection_id and controls.resource_id = activities.resource_id
  and substr(activities.summary, 1, length(controls.path)) = controls.path)`
