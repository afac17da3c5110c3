import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Connection } from '../model/connection.ts'
import { appHookId } from '../model/hook.ts'
import type { RecordStore } from '../model/store.ts'
import { bodiesOf, dropDeliveries, soundPieces } from './bundles.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database } from './tables.ts'

/** Ids of deliveries that are looked through at a time. */
const window = 500

export function records(db: Kysely<Database>): RecordStore {
  return {
    counts: (connectionId) => {
      const count = (table: 'resources' | 'controls' | 'policySettings' | 'activities' | 'deliveries') =>
        db
          .selectFrom(table)
          .where('connectionId', '=', connectionId)
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .$asScalar()
          .$notNull()
      return db
        .selectNoFrom([
          count('resources').as('resources'),
          count('controls').as('controls'),
          count('policySettings').as('settings'),
          count('activities').as('activities'),
          count('deliveries').as('deliveries'),
        ])
        .executeTakeFirstOrThrow()
    },
    deleteSome: (connection, limit) => inTransaction(db, (db) => deleteSome(db, connection, limit)),
    deleteUnclaimed: (installationId, afterId) =>
      inTransaction(db, (db) => deleteUnclaimed(db, installationId, afterId)),
  }
}

/** What refers to others before what it refers to. */
const leaves = [
  'reports',
  'report_places',
  'runs',
  'enforcements',
  'held_enforcements',
  'enforcement_releases',
  'enforcement_switches',
  'controls',
  'policy_settings',
  'policy_attachments',
  'policy_packs',
  'activities',
  'versions',
  'discoveries',
  'audit_log_readings',
]

/**
 * What refers to others before what it refers to. A resource goes when none lies below it any more. The log of a webhook of
 * ours goes with it; of the App's log what was meant for the installation.
 */
async function deleteSome(
  db: Kysely<Database>,
  { id, installationId }: Pick<Connection, 'id' | 'installationId'>,
  limit: number,
): Promise<number> {
  const hooks = sql`select id from hooks where connection_id = ${id}`
  const first = [
    ...leaves.map((table) => ofConnection(table, id, limit)),
    sql`delete from resources where rowid in (select rowid from resources as leaf where connection_id = ${id} and not exists
      (select 1 from resources as below where below.connection_id = ${id} and below.parent_id = leaf.id)
      order by rowid desc limit ${limit})`,
  ]
  const last = [
    sql`delete from delivery_log where (hook_id, github_id, guid) in (select hook_id, github_id, guid from delivery_log
      where hook_id in (${hooks}) or (hook_id = ${appHookId} and installation_id = ${installationId}) limit ${limit})`,
    sql`delete from delivery_log_readings where hook_id in (${hooks})`,
    ofConnection('hooks', id, limit),
  ]
  const run = async (step: RawBuilder<unknown>) => Number((await step.execute(db)).numAffectedRows ?? 0)
  const steps = [
    ...first.map((step) => () => run(step)),
    async () => dropDeliveries(db, await deliveriesOf(db, id, limit)),
    ...last.map((step) => () => run(step)),
  ]
  let deleted = 0
  for (const step of steps) {
    if (deleted >= limit) return deleted
    deleted += await step()
  }
  return deleted
}

async function deliveriesOf(db: Kysely<Database>, connectionId: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select id from deliveries where connection_id = ${connectionId}
    or hook_id in (select id from hooks where connection_id = ${connectionId}) limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** The keys of tables without rowid; of all others it is the rowid. */
const keys: Readonly<Record<string, string>> = {
  reports: '(connection_id, control_id, kind)',
  report_places: '(connection_id, kind, repository_node_id)',
  discoveries: '(connection_id, type)',
  held_enforcements: '(connection_id, control_id)',
  enforcement_releases: '(connection_id, kind, change)',
}

function ofConnection(table: string, id: number, limit: number) {
  const key = keys[table] ?? 'rowid'
  const columns = key.replaceAll(/[()]/g, '')
  const [name, wanted, picked] = [sql.table(table), sql.raw(key), sql.raw(columns)]
  return sql`delete from ${name} where ${wanted} in (select ${picked} from ${name} where connection_id = ${id} limit ${limit})`
}

/** Nobody's deliveries are few, and their bodies are the only place that says whom they were meant for. */
async function deleteUnclaimed(db: Kysely<Database>, installationId: number, afterId: number): Promise<number | null> {
  const newest = await db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.max<number | null>('id').as('id'))
    .executeTakeFirst()
  const until = afterId + window
  const rows = await db
    .selectFrom('deliveries')
    .select('id')
    .where('id', '>', afterId)
    .where('id', '<=', until)
    .where('connectionId', 'is', null)
    .where('hookId', '=', appHookId)
    .where('status', '<>', 'pending')
    .execute()
  const ids = rows.map(({ id }) => id)
  const bodies = await bodiesOf(db, ids, soundPieces)
  await dropDeliveries(
    db,
    ids.filter((id) => installationIn(bodies.get(id)) === installationId),
  )
  return until >= (newest?.id ?? 0) ? null : until
}

function installationIn(body: Uint8Array | undefined): number | null {
  try {
    const said = JSON.parse(Buffer.from(body ?? []).toString('utf8'))
    return typeof said?.installation?.id === 'number' ? said.installation.id : null
  } catch {
    return null
  }
}
