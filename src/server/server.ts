import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Config } from '../config.ts'
import type { Engine } from '../engine/engine.ts'
import { withLogFields } from '../engine/log-context.ts'
import type { Log, Means } from '../engine/means.ts'
import { api } from './api/api.ts'
import type { Metrics } from './metrics.ts'
import { pages } from './pages.ts'
import { readiness } from './readiness.ts'
import type { Access } from './sign-in/access.ts'
import { hookIdOf, webhookEndpoint } from './webhooks.ts'

export interface RunningServer {
  /** The port listened on: the one asked for, or, asked for 0, a free one. */
  readonly port: number
  /** Takes no new request, answers those begun, then ends. */
  close(): Promise<void>
}

/** How long a request begun may take once we close, in milliseconds. */
const grace = 10_000

/** With what each may hold of a body, this bounds the memory that strangers can take. */
const mostConnections = 1_000

/** How long requests on connections that are open already are still taken, before those that rest are closed. */
const linger = 200

export interface Served {
  readonly means: Means
  readonly engine: Engine
  readonly log: Log
  readonly metrics: Metrics
  readonly access: Access
  readonly version: string
}

/** Serves the webhook endpoints, and everything else by Hono. */
export async function startServer(
  { means, engine, log, metrics, access, version }: Served,
  { host, port, metricsToken }: Pick<Config, 'host' | 'port' | 'metricsToken'>,
): Promise<RunningServer> {
  const stopping = new AbortController()
  const answerWebhook = webhookEndpoint(engine, metrics.meter, log)
  const ready = readiness(engine, () => stopping.signal.aborted, Date.now)
  const served = api({
    means,
    visitorOf: access.visitorOf,
    access: access.api,
    ready,
    version,
    startedAt: Date.now(),
    stopping: stopping.signal,
  })
  const others = getRequestListener(pages({ ready, metrics, metricsToken, access, api: served }).fetch)
  // Whatever a stranger writes as the path must fail inside the promise: outside, it would end the process.
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1)
    const hookId = hookIdOf(path)
    await (hookId === null ? others(request, response) : answerWebhook(hookId, request, response))
  }
  const server = createServer((request, response) => {
    if (stopping.signal.aborted) response.shouldKeepAlive = false
    withLogFields({ request: randomUUID() }, () => answer(request, response)).catch((error: unknown) => {
      log.error({ err: error, path: request.url?.split('?', 1)[0] }, 'A request failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  server.on('error', (error) => log.error({ err: error }, 'A connection could not be taken'))
  const close = () => {
    stopping.abort()
    return drain(server)
  }
  return { port: (server.address() as AddressInfo).port, close }
}

/**
 * Takes no new connection at once, but a connection that is kept alive must not be closed under a request on its way: for a
 * moment every answer says that it is the last one on its connection, and only then is closed what rests.
 */
async function drain(server: Server): Promise<void> {
  // An HTTP server's own `close` ends resting connections without waiting.
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()))
  const resting = setInterval(() => server.closeIdleConnections(), linger)
  const late = setTimeout(() => server.closeAllConnections(), grace)
  await closed
  clearInterval(resting)
  clearTimeout(late)
}
