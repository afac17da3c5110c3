import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../model/connection.ts'
import type { Diagnosis } from '../model/diagnosis.ts'
import { Refusal } from '../model/github.ts'
import { type Remains, type Removal, type RemovalStep, removalSteps } from '../model/removal.ts'
import { connectJob, removeJob } from './jobs.ts'
import type { Means } from './means.ts'
import { credentialRemains, reportsRemain, webhooksRemain } from './removal-remains.ts'
import { removeWebhooks } from './remove-webhooks.ts'
import { retireReports } from './retire-reports.ts'

/** Rows deleted in one transaction: a few tens of milliseconds, for which deliveries that come in wait. */
const rowsAtOnce = 1_000
/** How long work that was begun before is waited for at a time, and how often it is looked at, in milliseconds. */
const patience = 30_000
const glance = 50

/**
 * Asks for a removal: from now on nothing else is done for the connection. Asked again, one that stands still goes on; with
 * `forget`, past what GitHub refuses. The work itself is `remove`'s.
 */
export async function askRemoval(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  connectionId: number,
  { askedBy, forget }: Pick<Removal, 'askedBy' | 'forget'>,
): Promise<Removal> {
  const now = clock()
  return store.transaction(async (tx) => {
    const known = await tx.connections.removal(connectionId)
    if (known?.step === null) return known
    const begun = { askedBy, askedAt: now, step: removalSteps[0], deleted: 0, remains: [] }
    const removal: Removal = { ...(known ?? begun), forget: forget || (known?.forget ?? false), failure: null }
    await tx.connections.setRemoval(connectionId, removal)
    await tx.jobs.enqueue([removeJob(connectionId, now)])
    return removal
  })
}

/**
 * Does what is left of a removal that was asked for, step by step; each may be done twice. It stands still where GitHub
 * refuses for good, unless told to forget; a refusal that only says "later", or a fault of ours, is thrown.
 */
export async function remove(means: Means, connectionId: number): Promise<void> {
  const { store, log } = means
  for (;;) {
    const connection = await store.connections.get(connectionId)
    const removal = await store.connections.removal(connectionId)
    if (connection?.status !== 'removing' || !removal?.step) return
    const done = await doStep(means, connection, removal, removal.step)
    if (done === 'stands still') return
    const next = removalSteps[removalSteps.indexOf(removal.step) + 1]
    log.info({ connection: connectionId, step: removal.step }, 'A step of the removal is done')
    // The last step marks the connection itself, together with the last rows.
    if (next) await change(means, connectionId, { step: next, failure: null, remains: [...removal.remains, ...done] })
  }
}

async function doStep(
  means: Means,
  connection: Connection,
  removal: Removal,
  step: RemovalStep,
): Promise<readonly Remains[] | 'stands still'> {
  try {
    return await steps[step](means, connection)
  } catch (error) {
    const isForGood = error instanceof Refusal && error.retryAt === null
    if (isForGood && removal.forget) return remaining[step](means, connection)
    const retryAt = isForGood ? null : ((error instanceof Refusal ? error.retryAt : null) ?? means.clock())
    await change(means, connection.id, { failure: { reason: inWords(error), retryAt } })
    if (!isForGood) throw error
    means.log.warn(
      { connection: connection.id, step, code: error.diagnosis.code },
      `The removal stands still: ${error.message}`,
    )
    return 'stands still'
  }
}

type Step = (means: Means, connection: Connection) => Promise<readonly Remains[]>

const steps: Readonly<Record<RemovalStep, Step>> = {
  quiet,
  webhooks: async (means, connection) => {
    await removeWebhooks(means, connection)
    return []
  },
  reports: retireReports,
  credential,
  records,
}

/** What a step leaves for a person to do when GitHub refuses it. */
const remaining: Readonly<Record<RemovalStep, Step>> = {
  quiet: async () => [],
  webhooks: webhooksRemain,
  reports: reportsRemain,
  credential: async () => [],
  records: async () => [],
}

async function change({ store }: Means, connectionId: number, news: Partial<Removal>): Promise<void> {
  await store.transaction(async (tx) => {
    const removal = await tx.connections.removal(connectionId)
    if (removal?.step) await tx.connections.setRemoval(connectionId, { ...removal, ...news })
  })
}

/** Lets what was begun before end: it could write what was just deleted. */
async function quiet({ store, clock }: Means, { id, login }: Connection): Promise<readonly Remains[]> {
  const until = clock() + patience
  while ((await store.jobs.clear(id)) > 0) {
    if (clock() > until) throw new Error(`Work that was begun for ${login} has not ended yet.`)
    await sleep(glance)
  }
  return []
}

async function credential(means: Means, connection: Connection): Promise<readonly Remains[]> {
  const remains = await credentialRemains(means, connection)
  await means.store.connections.dropToken(connection.id)
  means.clients.renew(connection)
  return remains
}

async function records(means: Means, connection: Connection): Promise<readonly Remains[]> {
  const { store, clock, log } = means
  for (let after: number | null = 0; after !== null && connection.installationId !== null; await nextTurn())
    after = await store.records.deleteUnclaimed(connection.installationId, after)
  for (let isDone = false; !isDone; await nextTurn())
    isDone = await store.transaction(async (tx) => {
      const deleted = await tx.records.deleteSome(connection, rowsAtOnce)
      const removal = await tx.connections.removal(connection.id)
      if (!removal) throw new Error(`The removal of ${connection.login} is not known.`)
      const end = deleted === 0 ? { step: null, failure: null } : {}
      await tx.connections.setRemoval(connection.id, { ...removal, deleted: removal.deleted + deleted, ...end })
      if (deleted === 0) await tx.jobs.drop(connection.id)
      // The App may have been installed anew meanwhile: what is left alone until now is looked at.
      if (deleted === 0 && connection.kind === 'app') await tx.jobs.enqueue([connectJob(null, 'removed', clock())])
      return deleted === 0
    })
  log.info({ connection: connection.id, organization: connection.login }, 'Removed')
  return []
}

function inWords(error: unknown): string {
  if (!(error instanceof Refusal)) return error instanceof Error ? error.message : String(error)
  const { reason, remedy }: Diagnosis = error.diagnosis
  return remedy ? `${reason} What to do (${remedy.who}): ${remedy.action}${remedy.url ? ` ${remedy.url}` : ''}` : reason
}
