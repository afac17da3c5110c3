import { type Kysely, sql } from 'kysely'
import type { DeliverySource } from '../model/delivery.ts'
import type { LoggedDelivery } from '../model/delivery-log.ts'
import type { DeliveryLogStore } from '../model/delivery-store.ts'
import type { DeliveryIntake } from './delivery-intake.ts'
import { inTransaction } from './in-transaction.ts'
import { type LogRow, logColumns, toEntry, toRow } from './log-rows.ts'
import { lostDeliveries } from './lost-deliveries.ts'
import type { Database } from './tables.ts'

/** So many attempts of each installation stay when the others are too old. */
const spared = 10

/** What it is compared with are the deliveries that came: all of them, so those that wait to be entered are entered first. */
export function deliveryLog(db: Kysely<Database>, { enterAll }: Pick<DeliveryIntake, 'enterAll'>): DeliveryLogStore {
  return {
    keep: async (hookId, entries) => {
      if (entries.length === 0) return 0
      const rows = entries.map((entry) => toRow(hookId, entry))
      const insert = db.insertInto('deliveryLog').values(rows)
      const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows ?? 0)
    },
    ...lostDeliveries(db, enterAll),
    newest: async (hookId, installationId, limit) => {
      await enterAll()
      return newest(db, hookId, installationId, limit)
    },
    lastHeard: async (connectionId, hookId) => {
      await enterAll()
      const ofConnection = db.selectFrom('deliveries').where('connectionId', '=', connectionId)
      const signed = ofConnection.where('hookId', '=', hookId).where('source', '!=', 'log')
      const last = signed.select(['receivedAt as at', 'event', 'guid']).orderBy('receivedAt', 'desc').limit(1)
      return (await last.executeTakeFirst()) ?? null
    },
    reading: async (hookId) => {
      const row = await db.selectFrom('deliveryLogReadings').selectAll().where('hookId', '=', hookId).executeTakeFirst()
      if (!row) return null
      const { readAt, watermark, wholeAt, rest, refusal } = row
      return { readAt, watermark, wholeAt, rest: rest && JSON.parse(rest), refusal: refusal && JSON.parse(refusal) }
    },
    setReading: async (hookId, { readAt, watermark, wholeAt, rest, refusal }) => {
      const columns = {
        readAt,
        watermark,
        wholeAt,
        rest: rest && JSON.stringify(rest),
        refusal: refusal && JSON.stringify(refusal),
      }
      await db
        .insertInto('deliveryLogReadings')
        .values({ hookId, ...columns })
        .onConflict((conflict) => conflict.column('hookId').doUpdateSet(columns))
        .execute()
    },
    prune: (hookId, time) => prune(db, hookId, time),
    forget: (hookId) =>
      inTransaction(db, async (db) => {
        await db.deleteFrom('deliveryLog').where('hookId', '=', hookId).execute()
        await db.deleteFrom('deliveryLogReadings').where('hookId', '=', hookId).execute()
      }),
  }
}

/** What was read back from the log itself came without a signature, so it did not come by the hook. */
async function newest(
  db: Kysely<Database>,
  hookId: string,
  installationId: number | null,
  limit: number,
): Promise<LoggedDelivery[]> {
  const { rows } = await sql<LogRow & { ofDelivery: number | null; source: DeliverySource | null }>`
    select ${logColumns}, deliveries.received_at as of_delivery, deliveries.source
    from delivery_log left join deliveries
      on deliveries.hook_id = delivery_log.hook_id and deliveries.guid = delivery_log.guid
    where delivery_log.hook_id = ${hookId}
      and (${installationId} is null or delivery_log.installation_id = ${installationId})
    order by delivery_log.delivered_at desc, delivery_log.github_id desc limit ${limit}`.execute(db)
  return rows.map(({ ofDelivery, source, ...row }) => ({
    ...toEntry(row),
    receivedAt: source === 'log' ? null : ofDelivery,
    isReadBack: source === 'log',
  }))
}

async function prune(db: Kysely<Database>, hookId: string, time: number): Promise<void> {
  const ranked = db
    .selectFrom('deliveryLog')
    .select(['githubId', 'guid'])
    .select(
      sql<number>`row_number() over (partition by installation_id order by delivered_at desc, github_id desc)`.as(
        'rank',
      ),
    )
    .where('hookId', '=', hookId)
  const stays = db.selectFrom(ranked.as('ranked')).select(['githubId', 'guid']).where('rank', '<=', spared)
  await db
    .deleteFrom('deliveryLog')
    .where('hookId', '=', hookId)
    .where('deliveredAt', '<', time)
    .where(({ eb, refTuple }) => eb(refTuple('githubId', 'guid'), 'not in', stays.$asTuple('githubId', 'guid')))
    .execute()
}
