import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Scope } from '../../model/access.ts'
import type { PolicyAttachment } from '../../model/policy-pack.ts'
import type { FoundAttachment, Page, PageAsked } from '../../model/search.ts'
import { toAttachment } from '../attachments.ts'
import type { Database } from '../tables.ts'
import { after, seen } from './conditions.ts'
import { located } from './located.ts'
import { pageOf, totalOf } from './page.ts'
import { allOf, isAny, reachOf, within } from './reach.ts'

const place = { connectionId: 'policyAttachments.connectionId', resourceId: 'policyAttachments.resourceId' }

const packName = sql<string>`coalesce(policy_attachments.shipped_pack,
  (select name from policy_packs where policy_packs.id = policy_attachments.pack_id))`

const order = ['policyAttachments.position', 'policyAttachments.id']

/** In the order of their positions, which is that of each place. */
export async function searchAttachments(
  db: Kysely<Database>,
  scope: Scope,
  page: PageAsked,
): Promise<Page<FoundAttachment>> {
  const reach = await reachOf(db, scope)
  const condition = await seen(db, reach, page.filter, {
    ...place,
    words: [packName],
    ids: { resource: 'policyAttachments.resourceId' },
    terms: {
      folder: (ids) => isAny(sql.ref('policyAttachments.folderId'), ids.map(Number)),
      pack: (names) => isAny(packName, names),
    },
  })
  const rows = await db
    .selectFrom('policyAttachments')
    .selectAll('policyAttachments')
    .where(allOf([condition, after(order, page.after)]))
    .orderBy('policyAttachments.position')
    .orderBy('policyAttachments.id')
    .limit(page.limit + 1)
    .execute()
  const total = await totalOf(db, 'policyAttachments', condition, page, rows.length)
  const found = pageOf(rows, page, total, ({ position, id }) => [position, id])
  return { ...found, rows: await located(db, reach, found.rows.map(toAttachment)) }
}

export async function attachmentInScope(
  db: Kysely<Database>,
  scope: Scope,
  id: number,
): Promise<PolicyAttachment | null> {
  const isIt = sql<SqlBool>`${sql.ref('policyAttachments.id')} = ${id}`
  const condition = allOf([within(await reachOf(db, scope), place), isIt])
  const row = await db.selectFrom('policyAttachments').selectAll().where(condition).executeTakeFirst()
  return row ? toAttachment(row) : null
}
