import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Engine } from '../engine/engine.ts'
import type { Log } from '../engine/means.ts'
import { pages } from './pages.ts'
import { answerWebhook, hookIdOf } from './webhooks.ts'

export interface RunningServer {
  /** The port listened on: the one asked for, or, asked for 0, a free one. */
  readonly port: number
  /** Takes no new request, answers those begun, then ends. */
  close(): Promise<void>
}

/** How long a request begun may take once we close, in milliseconds. */
const grace = 10_000

/** Serves the webhook endpoints, and everything else by Hono. */
export async function startServer(
  engine: Engine,
  { host, port, log }: { host: string; port: number; log: Log },
): Promise<RunningServer> {
  const others = getRequestListener(pages().fetch)
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const hookId = hookIdOf(pathname)
    const answered = hookId === null ? others(request, response) : answerWebhook(engine, hookId, request, response)
    Promise.resolve(answered).catch((error: unknown) => {
      log.error({ err: error, path: pathname }, 'A request failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
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
