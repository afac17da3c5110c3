import type { Kysely } from 'kysely'
import type { Clock } from '../model/clock.ts'
import type { NewDelivery } from '../model/delivery.ts'
import { enterDeliveries } from './enter-deliveries.ts'
import { groupCommit } from './group-commit.ts'
import { inTransaction } from './in-transaction.ts'
import { keepDeliveries } from './keep-deliveries.ts'
import type { Keeper } from './keeper.ts'
import { concernsOneRow } from './sqlite.ts'
import type { Database } from './tables.ts'
import { firstArrival, waitingDeliveries } from './waiting-deliveries.ts'

/** How deliveries come in: kept at once, entered later. */
export interface DeliveryIntake {
  keep(delivery: NewDelivery): Promise<'new' | 'known'>
  /** Enters some that wait, oldest first; returns how many. */
  enter(): Promise<number>
  /** Enters all that wait now. */
  enterAll(): Promise<void>
}

/** Deliveries in one commit: enough to share its cost, few enough that nobody waits long for it. */
const atOnce = 100
const bytesAtOnce = 4 * 1024 * 1024

/** Those that come at about the same time share a commit. `keeper` null: there is but the one connection. */
export function intakeOn(
  db: Kysely<Database>,
  clock: Clock,
  keeper: Keeper | null,
): DeliveryIntake & { settled: () => Promise<void> } {
  // While the keeper writes nobody has this connection: so each has its turn, and neither waits for the other within SQLite.
  const alone = <T>(work: () => Promise<T>) => db.connection().execute(work)
  const keep = keeper
    ? (deliveries: readonly NewDelivery[]) => alone(() => keeper.keep(deliveries))
    : keepAndEnter(db, clock)
  const { add, settled } = groupCommit(keep, {
    atMost: atOnce,
    sizeOf: ({ body }: NewDelivery) => body.byteLength,
    mostSize: bytesAtOnce,
    concernsOne: concernsOneRow,
  })
  const enter = keeper ? () => alone(() => keeper.enter(clock())) : () => enterDeliveries(db, clock())
  return { keep: add, settled, ...entering(db, enter) }
}

/** Inside a transaction nobody waits for others. */
export function intakeInside(db: Kysely<Database>, clock: Clock): DeliveryIntake {
  const keep = keepAndEnter(db, clock)
  return {
    keep: async (delivery) => ((await keep([delivery]))[0] === 'new' ? 'new' : 'known'),
    ...entering(db, () => enterDeliveries(db, clock())),
  }
}

/** With one connection there is nothing to be gained by entering them later. */
const keepAndEnter = (db: Kysely<Database>, clock: Clock) => (deliveries: readonly NewDelivery[]) =>
  inTransaction(db, async (db) => {
    const answers = await keepDeliveries(db, waitingDeliveries())(deliveries)
    while ((await enterDeliveries(db, clock())) > 0);
    return answers
  })

/** Mostly none waits, and nobody is asked to write. */
function entering(db: Kysely<Database>, enter: () => Promise<number>): Pick<DeliveryIntake, 'enter' | 'enterAll'> {
  return {
    enter: async () => ((await firstArrival(db)) ? enter() : 0),
    async enterAll() {
      const newest = await db.selectFrom('arrivals').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
      if (newest) while (((await firstArrival(db))?.id ?? Number.POSITIVE_INFINITY) <= newest.id) await enter()
    },
  }
}
