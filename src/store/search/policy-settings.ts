import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Scope } from '../../model/access.ts'
import type { PolicySetting } from '../../model/policy.ts'
import type { FoundSetting, Page, PageAsked } from '../../model/search.ts'
import { toSetting } from '../policy-settings.ts'
import type { Database } from '../tables.ts'
import { before, seen } from './conditions.ts'
import { located } from './located.ts'
import { pageOf, totalOf } from './page.ts'
import { allOf, isAny, reachOf, within } from './reach.ts'

const place = { connectionId: 'policySettings.connectionId', resourceId: 'policySettings.resourceId' }

const title = sql<string>`coalesce((select title from resources where resources.id = policy_settings.resource_id),
  (select title from folders where folders.id = policy_settings.folder_id))`

/** Whoever holds a role at a resource has no connection in reach that a folder's row would belong to. */
export async function searchSettings(db: Kysely<Database>, scope: Scope, page: PageAsked): Promise<Page<FoundSetting>> {
  const reach = await reachOf(db, scope)
  const condition = await seen(db, reach, page.filter, {
    ...place,
    words: ['policySettings.path', 'policySettings.note', title],
    columns: { policy: 'policySettings.path', precedence: 'policySettings.precedence' },
    ids: { resource: 'policySettings.resourceId' },
    terms: { folder: (ids) => isAny(sql.ref('policySettings.folderId'), ids.map(Number)) },
  })
  const rows = await db
    .selectFrom('policySettings')
    .selectAll('policySettings')
    .where(allOf([condition, before('policySettings.id', page.after)]))
    .orderBy('policySettings.id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const total = await totalOf(db, 'policySettings', condition, page, rows.length)
  const found = pageOf(rows, page, total, ({ id }) => [id])
  return { ...found, rows: await located(db, reach, found.rows.map(toSetting)) }
}

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
