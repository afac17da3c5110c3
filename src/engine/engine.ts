import type { NewConnection } from '../model/connection.ts'
import type { DeliverySource } from '../model/delivery.ts'
import { appHookId } from '../model/hook.ts'
import { connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { connect } from './connect.ts'
import { because, connectJob, discoverJob, readJob } from './jobs.ts'
import type { Means } from './means.ts'
import { organizationControls } from './organization-controls.ts'
import { type Receipt, receive, type WebhookRequest } from './receive.ts'
import { startWorker, type Worker } from './worker.ts'

/** What moves: deliveries in, jobs on, states out. */
export interface Engine {
  /** Takes a webhook request as it came over HTTP. */
  receive(request: WebhookRequest): Promise<Receipt>
  /** Takes an event that Probot hands over, its signature checked by Probot or not needed. */
  accept(event: { id: string; name: string; payload: unknown }, source: DeliverySource): Promise<void>
  /** Connects an organization by a token that was checked before. */
  connectToken(wanted: NewConnection, token: string): Promise<void>
  /** Starts to work: looks again at everything that may have changed while nobody listened. */
  start(): Promise<void>
  /** Resolves when nothing is due. */
  idle(): Promise<void>
  /** Lets what runs end, and starts nothing more. */
  stop(): Promise<void>
}

export function createEngine(means: Means): Engine {
  const { store, clock, log } = means
  let worker: Worker | null = null
  const working = () => {
    worker ??= startWorker(means)
    return worker
  }
  return {
    async receive(request) {
      const receipt = await receive(means, request)
      if (receipt.status === 202) worker?.wake()
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
    async connectToken(wanted, token) {
      const connection = await connect(means, wanted, 'connected')
      await store.connections.setToken(connection.id, token)
      worker?.wake()
    },
    async start() {
      const recovered = await store.jobs.recover()
      if (recovered > 0) log.info({ jobs: recovered }, 'Work that was cut off is taken up again')
      await store.jobs.enqueue(await firstLook(means))
      working().wake()
    },
    idle: () => working().idle(),
    stop: async () => worker?.stop(),
  }
}

/** Every installation, and every connection that is known, is asked afresh. */
async function firstLook({ store, clients, clock }: Means) {
  const now = clock()
  const connections = (await store.connections.list()).filter(({ status }) => status !== 'removed')
  const looks = await Promise.all(
    connections.map(async (connection) => [
      readJob(connection.id, connectionType, connectionNodeId(connection.organizationNodeId), because('start'), now),
      discoverJob(connection.id, 'start', now),
      ...(await organizationControls(store, connection, 'start', now)),
    ]),
  )
  return [...(clients.forApp('start') ? [connectJob(null, 'start', now)] : []), ...looks.flat()]
}
