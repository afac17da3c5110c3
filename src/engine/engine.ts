import type { Connection, NewConnection } from '../model/connection.ts'
import type { DeliverySource } from '../model/delivery.ts'
import { live } from '../model/github.ts'
import { appHookId } from '../model/hook.ts'
import type { NewJob } from '../model/job.ts'
import type { Store } from '../model/store.ts'
import { keepConnection } from './connect.ts'
import { logsOf } from './hook-logs.ts'
import { createIntake } from './intake.ts'
import { auditLogJob, connectJob, discoverJob, pruneJob, removeJob, startLogJob } from './jobs.ts'
import type { Means } from './means.ts'
import { controlsBelow, organizationControls } from './organization-controls.ts'
import { ownNodes } from './own-nodes.ts'
import { policyJobs } from './policy-due.ts'
import { type Receipt, receive, type WebhookRequest } from './receive.ts'
import { startWorker, type Worker } from './worker.ts'

/** What moves: deliveries in, jobs on, states out. */
export interface Engine {
  /** Takes a webhook request as it came over HTTP. */
  receive(request: WebhookRequest): Promise<Receipt>
  /** Takes an event that Probot hands over, its signature checked by Probot or not needed. */
  accept(event: { id: string; name: string; payload: unknown }, source: DeliverySource): Promise<void>
  /** Connects an organization by a token that was checked before, or (null) by the App's installation. */
  connect(wanted: NewConnection, token: string | null): ReturnType<typeof keepConnection>
  /** Starts to work: looks again at everything that may have changed while nobody listened. */
  start(): Promise<void>
  /** Why it cannot do its work now; null when it can. Tries whether the store can be written, and rejects where not. */
  whyNotReady(): Promise<string | null>
  /** Resolves when nothing is due. */
  idle(): Promise<void>
  /** Lets what runs end, and starts nothing more. */
  stop(): Promise<void>
}

/** How often other processes on the database are told that somebody works, in milliseconds. */
const heartbeatRhythm = 5_000

/** The store is asked for work twice a second; without an answer for so long, something is wrong. In milliseconds. */
const stuck = 30_000

export function createEngine(means: Means): Engine {
  const { store, clock, log } = means
  const intake = createIntake(store, clock, means.intakeLimits)
  let worker: Worker | null = null
  let stopping = false
  let beating: NodeJS.Timeout | null = null
  const beat = () =>
    store.heartbeat
      .beat(clock())
      .catch((error: unknown) => log.error({ err: error }, 'No sign of life could be written'))
  const working = () => {
    worker ??= startWorker(means, intake.isCrowded)
    return worker
  }
  return {
    async receive(request) {
      const receipt = await receive(means, intake, request)
      if (receipt.status === 202) worker?.heard()
      return receipt
    },
    async accept({ id, name, payload }, source) {
      const body = Buffer.from(JSON.stringify(payload))
      await store.deliveries.accept({
        hookId: appHookId,
        guid: id,
        event: name,
        headers: {},
        body,
        receivedAt: clock(),
        source,
      })
      working().wake()
    },
    async connect(wanted, token) {
      const kept = await keepConnection(means, wanted, token)
      worker?.wake()
      return kept
    },
    async start() {
      const recovered = await store.jobs.recover()
      if (recovered > 0) log.info({ jobs: recovered }, 'Work that was cut off is taken up again')
      await store.jobs.enqueue(await firstLook(means))
      await beat()
      beating ??= setInterval(beat, heartbeatRhythm).unref()
      working().wake()
    },
    idle: () => working().idle(),
    async whyNotReady() {
      if (stopping) return 'Guardpost is stopping.'
      if (!worker) return 'Guardpost has not started to work yet.'
      const silent = clock() - worker.lookedAt()
      if (silent > stuck) return `The store has not said for ${Math.round(silent / 1_000)} s what there is to do.`
      await store.probe()
      const full = await intake.full()
      return full && `No delivery is taken: ${full}.`
    },
    async stop() {
      stopping = true
      await worker?.stop()
      if (!beating) return
      clearInterval(beating)
      await store.heartbeat.stop()
    },
  }
}

/** Every installation, and every connection that is known, is asked afresh. */
async function firstLook({ store, clients, clock, keep }: Means) {
  const now = clock()
  const all = await store.connections.list()
  const connections = all.filter(({ status }) => status === 'active' || status === 'suspended')
  const leaving = all.filter(({ status }) => status === 'removing')
  const looks = await Promise.all(
    connections.map(async (connection) => [
      ...(await ownNodes(store, connection, 'start', now)),
      ...(await startLogs(store, connection, now)),
      ...(await organizationControls(store, connection, 'start', now)),
      ...(await controlsBelow(store, connection, 'start', now)),
      ...(await policyJobs(store, connection, now)),
    ]),
  )
  return [
    ...(clients.forApp(live('start')) ? [connectJob(null, 'start', now)] : []),
    ...looks.flat(),
    ...(Object.values(keep).some((age) => age !== null) ? [pruneJob(now)] : []),
    ...leaving.map(({ id }) => removeJob(id, now)),
  ]
}

/** A start that cannot read the log is discovered after so long, in milliseconds. */
const longestRecovery = 600_000

/** What was lost comes first, so that each change keeps who made it; then everything, for what no event says. */
async function startLogs(store: Store, connection: Connection, now: number): Promise<NewJob[]> {
  const logs = connection.status === 'active' ? await logsOf(store, connection) : []
  return [
    ...(connection.status === 'active' ? [auditLogJob(connection.id, now)] : []),
    discoverJob(connection.id, 'start', logs.length > 0 ? now + longestRecovery : now, 0),
    ...logs.map(({ hookId, connectionId }) => startLogJob(hookId, connectionId, now)),
  ]
}
