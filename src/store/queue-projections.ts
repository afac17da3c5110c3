import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './tables.ts'

/** Has deliveries projected, `first` to `last`; one that waits for it already goes on waiting. */
export async function queueProjections(
  db: Kysely<Database>,
  { first, last }: { first: number; last: number },
  runAt: RawBuilder<number>,
  createdAt: number,
): Promise<void> {
  await sql`insert into jobs (kind, key, lock, payload, run_at, state, created_at)
    select 'project', 'project:' || id, 'project:' || id, json_object('deliveryId', id), ${runAt}, 'queued', ${createdAt}
    from deliveries where id between ${first} and ${last}
    on conflict (key) where state = 'queued' do nothing`.execute(db)
}
