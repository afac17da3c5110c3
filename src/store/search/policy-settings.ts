import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Scope } from '../../model/access.ts'
import type { PolicySetting } from '../../model/policy.ts'
import type { FoundSetting, Page, PageAsked } from '../../model/search.ts'
import { toSetting } from '../policy-settings.ts'
import type { Database } from '../tables.ts'
import { before, seen } from './conditions.ts'
import { namesOf } from './names.ts'
import { pageOf, totalOf } from './page.ts'
import { allOf, reachOf, within } from './reach.ts'

const place = { connectionId: 'policySettings.connectionId', resourceId: 'policySettings.resourceId' }

const title = sql<string>`(select title from resources where resources.id = policy_settings.resource_id)`

export async function searchSettings(db: Kysely<Database>, scope: Scope, page: PageAsked): Promise<Page<FoundSetting>> {
  const reach = await reachOf(db, scope)
  const condition = await seen(db, reach, page.filter, {
    ...place,
    words: ['policySettings.path', 'policySettings.note', title],
    columns: { policy: 'policySettings.path', precedence: 'policySettings.precedence' },
    ids: { resource: 'policySettings.resourceId' },
  })
  const rows = await db
    .selectFrom('policySettings')
    .selectAll('policySettings')
    .select(isException(page.now).as('exception'))
    .where(allOf([condition, before('policySettings.id', page.after)]))
    .orderBy('policySettings.id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const total = await totalOf(db, 'policySettings', condition, page, rows.length)
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
    rows: found.rows.flatMap(({ exception, ...row }) => {
      const resource = names.get(row.resourceId)
      return resource ? [{ ...toSetting(row), resource, exception: Boolean(exception) }] : []
    }),
  }
}

/** A Required below another Required that is in force. */
const isException = (now: number) => sql<number>`policy_settings.precedence = 'required' and exists (
  with recursive above (id, parent_id) as (
    select id, parent_id from resources where id = policy_settings.resource_id
    union all
    select parent.id, parent.parent_id from resources as parent inner join above on parent.id = above.parent_id)
  select 1 from policy_settings as higher inner join above on above.id = higher.resource_id
  where higher.connection_id = policy_settings.connection_id and higher.path = policy_settings.path
  and higher.id <> policy_settings.id and higher.precedence = 'required'
  and (higher.starts_at is null or higher.starts_at <= ${now})
  and (higher.expires_at is null or higher.expires_at > ${now}))`

export async function settingInScope(db: Kysely<Database>, scope: Scope, id: number): Promise<PolicySetting | null> {
  const isIt = sql<SqlBool>`${sql.ref('policySettings.id')} = ${id}`
  const condition = allOf([within(await reachOf(db, scope), place), isIt])
  const row = await db.selectFrom('policySettings').selectAll().where(condition).executeTakeFirst()
  return row ? toSetting(row) : null
}

export async function countSettings(db: Kysely<Database>, scope: Scope): Promise<{ path: string; count: number }[]> {
  return db
    .selectFrom('policySettings')
    .select(({ fn }) => ['path', fn.countAll<number>().as('count')])
    .where(allOf([within(await reachOf(db, scope), place)]))
    .groupBy('path')
    .execute()
}
