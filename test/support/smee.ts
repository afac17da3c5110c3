import { randomBytes } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import './names.ts'

/** A webhook proxy that does as smee.io does, reached by a name that GitHub takes for public. */
export interface Smee {
  /** `http://smee.example:PORT/new`. */
  readonly newUrl: string
  /** For the simulated internet: what its name leads to. */
  readonly host: string
  readonly target: string
  /** A channel that is there already. */
  readonly channel: string
  /** How many listen to it. */
  listeners(): number
  /** Ends the connections of all who listen, as a restart of the proxy does. */
  hangUp(): void
  /** Answers whoever wants to listen with this status; null: lets them. */
  refuse(status: number | null): void
  close(): Promise<void>
}

/** The protocol of https://github.com/probot/smee.io: channels are posted to, and heard by server-sent events. */
export async function startSmee(): Promise<Smee> {
  const heard = new Map<string, Set<ServerResponse>>()
  let refusal: number | null = null
  const on = (channel: string) => heard.get(channel) ?? heard.set(channel, new Set()).get(channel) ?? new Set()
  let messages = 0
  const send = (to: ServerResponse, data: object, event?: string) =>
    to.write(`id: ${messages++}\n${event ? `event: ${event}\n` : ''}data: ${JSON.stringify(data)}\n\n`)
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const channel = pathname.slice(1)
    if (channel === 'new') {
      const location = `http://${request.headers.host}/${randomBytes(12).toString('base64url')}`
      return response.writeHead(307, { location }).end()
    }
    if (request.method === 'POST') {
      const body = JSON.parse(await text(request))
      const query = Object.fromEntries(searchParams)
      for (const each of on(channel)) send(each, { ...request.headers, body, query, timestamp: Date.now() })
      return response.end()
    }
    if (refusal !== null) return response.writeHead(refusal).end()
    if (request.headers.accept !== 'text/event-stream') return response.end('The page of a channel.')
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    on(channel).add(response)
    response.once('close', () => on(channel).delete(response))
    send(response, {}, 'ready')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const host = `smee.example:${port}`
  const hangUp = () => {
    for (const all of heard.values()) for (const each of all) each.destroy()
  }
  return {
    newUrl: `http://${host}/new`,
    host,
    target: `http://127.0.0.1:${port}`,
    channel: `http://${host}/a-channel`,
    listeners: () => on('a-channel').size,
    hangUp,
    refuse: (status) => {
      refusal = status
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((closed) => server.close(() => closed()))
    },
  }
}
