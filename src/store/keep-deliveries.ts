import type { Kysely } from 'kysely'
import type { Clock } from '../model/clock.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database, Row } from './tables.ts'

/** A delivery with its body compressed: ready to be written. */
export type KeptDelivery = Omit<Row<'deliveries'>, 'id' | 'connectionId' | 'status' | 'error'> & { body: Buffer }

type Fresh = { id: number; delivery: KeptDelivery }

/** Writes deliveries with their `project` jobs, all in one transaction; answers in their order. */
export function keepDeliveries(db: Kysely<Database>, clock: Clock) {
  return (deliveries: readonly KeptDelivery[]): Promise<('new' | 'known')[]> =>
    inTransaction(db, async (db) => {
      const ids = await insertDeliveries(db, deliveries)
      const fresh: Fresh[] = []
      const known: KeptDelivery[] = []
      const answers = deliveries.map((delivery) => {
        const id = ids.get(identity(delivery))
        // Of two equal ones in this group the first was inserted, so the first one found takes the id.
        if (id === undefined || !ids.delete(identity(delivery))) {
          known.push(delivery)
          return 'known'
        }
        fresh.push({ id, delivery })
        return 'new'
      })
      if (fresh.length > 0) await insertFresh(db, fresh, clock())
      for (const delivery of known) if (delivery.source !== 'log') await arrived(db, delivery)
      return answers
    })
}

/** The job that projects a delivery. */
export const projectJob = (id: number, runAt: number) => ({
  kind: 'project' as const,
  connectionId: null,
  key: `project:${id}`,
  lock: `project:${id}`,
  payload: JSON.stringify({ deliveryId: id }),
  runAt,
  attempts: 0,
  state: 'queued' as const,
})

const identity = ({ hookId, guid }: { hookId: string; guid: string }): string => JSON.stringify([hookId, guid])

async function insertDeliveries(
  db: Kysely<Database>,
  deliveries: readonly KeptDelivery[],
): Promise<Map<string, number>> {
  const inserted = await db
    .insertInto('deliveries')
    .values(deliveries.map(({ body, ...row }) => ({ ...row, status: 'pending' })))
    .onConflict((conflict) => conflict.columns(['hookId', 'guid']).doNothing())
    .returning(['id', 'hookId', 'guid'])
    .execute()
  return new Map(inserted.map(({ id, ...row }) => [identity(row), id]))
}

/** What was but read in GitHub's log before has come by the hook now, as GitHub signed it. */
async function arrived(db: Kysely<Database>, { body, ...delivery }: KeptDelivery): Promise<void> {
  const { headers, bodyHash, receivedAt, source, hookId, guid } = delivery
  const row = await db
    .updateTable('deliveries')
    .set({ headers, bodyHash, receivedAt, source })
    .where('hookId', '=', hookId)
    .where('guid', '=', guid)
    .where('source', '=', 'log')
    .returning('id')
    .executeTakeFirst()
  if (row) await db.updateTable('payloads').set({ body }).where('deliveryId', '=', row.id).execute()
}

async function insertFresh(db: Kysely<Database>, fresh: readonly Fresh[], now: number): Promise<void> {
  const payloads = fresh.map(({ id, delivery }) => ({ deliveryId: id, body: delivery.body }))
  await db.insertInto('payloads').values(payloads).execute()
  const jobs = fresh.map(({ id, delivery }) => ({ ...projectJob(id, delivery.receivedAt), createdAt: now }))
  await db.insertInto('jobs').values(jobs).execute()
}
