import type { Kysely } from 'kysely'
import type { Clock } from '../model/clock.ts'
import { inTransaction } from './in-transaction.ts'
import { rowInserter } from './insert-rows.ts'
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

/** Neither a hook's id nor a GUID has a space in it. */
const identity = ({ hookId, guid }: { hookId: string; guid: string }): string => `${hookId} ${guid}`

const intoDeliveries = rowInserter<KeptDelivery, { id: number; hookId: string; guid: string }>(
  'deliveries',
  ['hook_id', 'guid', 'event', 'headers', 'body_hash', 'received_at', 'source', 'status'],
  'on conflict (hook_id, guid) do nothing returning id, hook_id, guid',
  (row) => [row.hookId, row.guid, row.event, row.headers, row.bodyHash, row.receivedAt, row.source, 'pending'],
)

async function insertDeliveries(
  db: Kysely<Database>,
  deliveries: readonly KeptDelivery[],
): Promise<Map<string, number>> {
  const inserted = await intoDeliveries(db, deliveries)
  return new Map(inserted.map((row) => [identity(row), row.id]))
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

const intoPayloads = rowInserter<Fresh>('payloads', ['delivery_id', 'body'], '', ({ id, delivery }) => [
  id,
  delivery.body,
])

const intoJobs = rowInserter<ReturnType<typeof projectJob> & { createdAt: number }>(
  'jobs',
  ['kind', 'connection_id', 'key', 'lock', 'payload', 'run_at', 'attempts', 'state', 'created_at'],
  '',
  (job) => [
    job.kind,
    job.connectionId,
    job.key,
    job.lock,
    job.payload,
    job.runAt,
    job.attempts,
    job.state,
    job.createdAt,
  ],
)

async function insertFresh(db: Kysely<Database>, fresh: readonly Fresh[], createdAt: number): Promise<void> {
  await intoPayloads(db, fresh)
  const jobs = fresh.map(({ id, delivery }) => ({ ...projectJob(id, delivery.receivedAt), createdAt }))
  await intoJobs(db, jobs)
}
