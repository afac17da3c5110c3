import { type Kysely, sql } from 'kysely'
import type { LogScope } from '../model/delivery-log.ts'
import type { DeliveryLogStore } from '../model/delivery-store.ts'
import { type LogRow, logColumns, toEntry } from './log-rows.ts'
import type { Database } from './tables.ts'

/** What GitHub's log names and nobody brought: what is to be read back, and what no longer can be. */
export function lostDeliveries(
  db: Kysely<Database>,
  enterAll: () => Promise<void>,
): Pick<DeliveryLogStore, 'lost' | 'countLost' | 'setUnreadable' | 'countUnreadable' | 'countWaiting'> {
  return {
    lost: async (hookId, scope, heldSince, limit) => {
      await enterAll()
      const { rows } = await sql<LogRow>`select ${logColumns} ${missing(hookId, scope)} ${toRead(heldSince)}
        order by delivered_at, github_id limit ${limit}`.execute(db)
      return [...new Map(rows.map((row) => [row.guid, toEntry(row)])).values()]
    },
    countLost: async (hookId, scope, heldSince) => {
      await enterAll()
      const { rows } = await sql<{ count: number; since: number | null }>`
        select count(distinct guid) as count, min(delivered_at) as since
        ${missing(hookId, scope)} ${toRead(heldSince)}`.execute(db)
      return rows[0] ?? { count: 0, since: null }
    },
    setUnreadable: async (hookId, guid, unreadable) => {
      const attempts = db.updateTable('deliveryLog').set({ unreadable }).where('hookId', '=', hookId)
      await attempts.where('guid', '=', guid).execute()
    },
    countUnreadable: async (hookId, scope) => {
      const { rows } = await sql<{ count: number }>`
        select count(distinct guid) as count ${missing(hookId, scope)} and unreadable is not null`.execute(db)
      return rows[0]?.count ?? 0
    },
    countWaiting: async (hookId) => {
      await enterAll()
      const { rows } = await sql<{ count: number }>`select count(*) as count from deliveries
        where hook_id = ${hookId} and status = 'pending' and source = 'log'`.execute(db)
      return rows[0]?.count ?? 0
    },
  }
}

/** What another hook of the connection brought is no loss: deliveries of one GUID are one event. */
const missing = (hookId: string, { connectionId, installationId, since }: LogScope) => sql`
  from delivery_log where hook_id = ${hookId} and delivered_at >= ${since}
  and (${installationId} is null or installation_id = ${installationId})
  and not exists (select 1 from deliveries
    where deliveries.hook_id = delivery_log.hook_id and deliveries.guid = delivery_log.guid)
  and not exists (select 1 from events where events.connection_id = ${connectionId} and events.guid = delivery_log.guid)`

/** GitHub makes up by itself for what it held back; one that it has attempted has a status code. */
const toRead = (heldSince: number) =>
  sql`and unreadable is null and (throttled_at is null or status_code <> 0 or throttled_at <= ${heldSince})`
