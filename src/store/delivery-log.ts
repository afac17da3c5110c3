import { type Kysely, sql } from 'kysely'
import type { LogEntry, LoggedDelivery } from '../model/delivery-log.ts'
import type { DeliveryLogStore } from '../model/store.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database, Row } from './tables.ts'

/** So many attempts of each installation stay when the others are too old. */
const spared = 10

export function deliveryLog(db: Kysely<Database>): DeliveryLogStore {
  return {
    keep: async (hookId, entries) => {
      if (entries.length === 0) return 0
      const rows = entries.map((entry) => toRow(hookId, entry))
      const insert = db.insertInto('deliveryLog').values(rows)
      const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows ?? 0)
    },
    newest: async (hookId, installationId, limit) =>
      (await newest(db, hookId, installationId, limit).execute()).map(toDelivery),
    lastHeard: async (connectionId, hookId) => {
      const ofConnection = db.selectFrom('deliveries').where('connectionId', '=', connectionId)
      const signed = ofConnection.where('hookId', '=', hookId).where('source', '!=', 'log')
      const last = signed.select(['receivedAt as at', 'event', 'guid']).orderBy('receivedAt', 'desc').limit(1)
      return (await last.executeTakeFirst()) ?? null
    },
    reading: async (hookId) => {
      const row = await db.selectFrom('deliveryLogReadings').selectAll().where('hookId', '=', hookId).executeTakeFirst()
      if (!row) return null
      const { readAt, watermark, rest, refusal } = row
      return { readAt, watermark, rest: rest && JSON.parse(rest), refusal: refusal && JSON.parse(refusal) }
    },
    setReading: async (hookId, { readAt, watermark, rest, refusal }) => {
      const columns = {
        readAt,
        watermark,
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
function newest(db: Kysely<Database>, hookId: string, installationId: number | null, limit: number) {
  const ofHook = db
    .selectFrom('deliveryLog')
    .leftJoin('deliveries', (join) =>
      join
        .onRef('deliveries.hookId', '=', 'deliveryLog.hookId')
        .onRef('deliveries.guid', '=', 'deliveryLog.guid')
        .on('deliveries.source', '!=', 'log'),
    )
    .selectAll('deliveryLog')
    .select('deliveries.receivedAt')
    .where('deliveryLog.hookId', '=', hookId)
    .orderBy('deliveryLog.deliveredAt', 'desc')
    .orderBy('deliveryLog.githubId', 'desc')
    .limit(limit)
  return installationId === null ? ofHook : ofHook.where('deliveryLog.installationId', '=', installationId)
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

const toRow = (hookId: string, { redelivery, ...entry }: LogEntry): Row<'deliveryLog'> => ({
  hookId,
  ...entry,
  redelivery: redelivery ? 1 : 0,
})

const toDelivery = ({
  hookId: _,
  redelivery,
  ...entry
}: Row<'deliveryLog'> & { receivedAt: number | null }): LoggedDelivery => ({ ...entry, redelivery: redelivery === 1 })
