import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Engine } from '../engine/engine.ts'
import type { Log } from '../engine/means.ts'
import { pages } from './pages.ts'
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

/** Serves the webhook endpoints, and everything else by Hono. */
export async function startServer(
  engine: Engine,
  { host, port, log }: { host: string; port: number; log: Log },
): Promise<RunningServer> {
  const answerWebhook = webhookEndpoint(engine)
  const others = getRequestListener(pages().fetch)
  // Whatever a stranger writes as the path must fail inside the promise: outside, it would end the process.
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1)
    const hookId = hookIdOf(path)
    await (hookId === null ? others(request, response) : answerWebhook(hookId, request, response))
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error({ err: error, path: request.url }, 'A request failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  server.on('error', (error) => log.error({ err: error }, 'A connection could not be taken'))
  return { port: (server.address() as AddressInfo).port, close: () => drain(server) }
}

function drain(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), grace)
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
