import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Kysely } from 'kysely'
import type { Clock } from '../model/clock.ts'
import type { Store } from '../model/store.ts'
import { activities } from './activities.ts'
import { attachments } from './attachments.ts'
import { auditLog } from './audit-log.ts'
import { connections } from './connections.ts'
import { controls } from './controls.ts'
import { deliveries } from './deliveries.ts'
import { type DeliveryIntake, intakeInside, intakeOn } from './delivery-intake.ts'
import { deliveryLog } from './delivery-log.ts'
import { discoveries } from './discoveries.ts'
import { enforcements } from './enforcements.ts'
import { examine } from './examine.ts'
import { folders } from './folders.ts'
import { grants } from './grants.ts'
import { heartbeat } from './heartbeat.ts'
import { hooks } from './hooks.ts'
import { inTransaction } from './in-transaction.ts'
import { jobs } from './jobs.ts'
import { createKeeper, type Keeper } from './keeper.ts'
import { checkKey } from './key-check.ts'
import { migrate } from './migrate.ts'
import { packs } from './packs.ts'
import { people } from './people.ts'
import { policySettings } from './policy-settings.ts'
import type { ViewedType } from './query/resource-tables.ts'
import { records } from './records.ts'
import { relaxed } from './relaxed.ts'
import { reports } from './reports.ts'
import { resources } from './resources.ts'
import { retention } from './retention.ts'
import { type Sealer, sealerWith } from './sealed.ts'
import { search } from './search/search.ts'
import { sessions } from './sessions.ts'
import { setUp } from './set-up.ts'
import { connect } from './sqlite.ts'
import type { Database } from './tables.ts'
import type { QuietFields } from './versions.ts'
import { createViews } from './views.ts'

export interface StoreOptions {
  /** Path of the SQLite file, or `:memory:`. */
  readonly file: string
  /** 32 bytes. */
  readonly secretKey: Uint8Array
  readonly clock: Clock
  /** The resource types that get a SQL view. */
  readonly types: readonly ViewedType[]
}

/**
 * Opens the store, making or upgrading the database. Throws where the file cannot be opened or written, was written by
 * a newer Guardpost, or was made with another secret key.
 */
export async function openStore({ file, secretKey, clock, types }: StoreOptions): Promise<Store> {
  const db = connect(file)
  const sealer = sealerWith(secretKey)
  try {
    await migrate(db)
    await checkKey(db, sealer)
    await createViews(db, types)
  } catch (error) {
    await db.destroy()
    throw error
  }
  const quiet = quietFields(types)
  return file === ':memory:'
    ? storeOn(db, sealer, clock, { quiet })
    : storeOn(db, sealer, clock, { quiet, folder: dirname(file), keeper: createKeeper(file) })
}

const quietFields =
  (types: readonly ViewedType[]): QuietFields =>
  (type) => {
    const fields = types.find((known) => known.type === type)?.fields ?? {}
    return Object.keys(fields).filter((name) => fields[name]?.quiet)
  }

interface StoreParts {
  readonly quiet?: QuietFields
  /** Null: it is in memory. */
  readonly folder?: string | null
  /** Null: deliveries are kept by the one connection. */
  readonly keeper?: Keeper | null
}

/** The store on an open database of today's shape. */
export function storeOn(
  db: Kysely<Database>,
  sealer: Sealer,
  clock: Clock,
  { quiet = () => [], folder = null, keeper = null }: StoreParts = {},
): Store {
  const { settled, ...intake } = intakeOn(db, clock, keeper)
  return {
    ...parts(db, sealer, clock, quiet, intake),
    transaction: (work) => inTransaction(db, (transaction) => work(inside(transaction, sealer, clock, quiet))),
    redoable: (work) =>
      relaxed(db, (db) => inTransaction(db, (transaction) => work(inside(transaction, sealer, clock, quiet)))),
    probe: () => probe(db, clock()),
    freeBytes: () => freeBytes(folder),
    examine: () => examine(db),
    close: async () => {
      await settled()
      // Waits for its turn on the one connection: behind a transaction that is still open.
      await db.connection().execute(async () => {})
      await keeper?.close()
      await db.destroy()
    },
  }
}

/** The store inside a transaction: a transaction in it is the same one, and its deliveries do not wait for others. */
function inside(db: Kysely<Database>, sealer: Sealer, clock: Clock, quiet: QuietFields): Store {
  const store: Store = {
    ...parts(db, sealer, clock, quiet, intakeInside(db, clock)),
    transaction: (work) => work(store),
    redoable: (work) => work(store),
    probe: () => probe(db, clock()),
    freeBytes: () => Promise.resolve(null),
    examine: () => examine(db),
    close: () => Promise.reject(new Error('A store cannot be closed inside a transaction.')),
  }
  return store
}

/** A full disk shows only when something is written to it. */
async function probe(db: Kysely<Database>, now: number): Promise<void> {
  const value = Buffer.from(String(now))
  const fact = db.insertInto('facts').values({ name: 'probe', value })
  await fact.onConflict((conflict) => conflict.column('name').doUpdateSet({ value })).execute()
}

async function freeBytes(folder: string | null): Promise<number | null> {
  if (folder === null) return null
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

const parts = (
  db: Kysely<Database>,
  sealer: Sealer,
  clock: Clock,
  quiet: QuietFields,
  intake: DeliveryIntake,
): Omit<Store, 'transaction' | 'redoable' | 'probe' | 'freeBytes' | 'examine' | 'close'> => ({
  connections: connections(db, sealer),
  hooks: hooks(db, sealer),
  deliveries: deliveries(db, intake),
  deliveryLog: deliveryLog(db, intake),
  jobs: jobs(db, clock),
  discoveries: discoveries(db),
  auditLog: auditLog(db),
  resources: resources(db, quiet),
  activities: activities(db),
  folders: folders(db),
  policies: policySettings(db),
  packs: packs(db),
  attachments: attachments(db),
  controls: controls(db, clock),
  enforcements: enforcements(db),
  reports: reports(db),
  retention: retention(db),
  records: records(db),
  heartbeat: heartbeat(db),
  setUp: setUp(db, sealer),
  search: search(db, quiet),
  people: people(db),
  sessions: sessions(db),
  grants: grants(db),
})
