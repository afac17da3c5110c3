import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly raw: string
  // biome-ignore lint/suspicious/noExplicitAny: what a payload holds is for each test to say
  readonly payload: any
}

/** A server that hears deliveries. `answer` may be changed to answer otherwise than 202. */
export interface Receiver {
  readonly url: string
  readonly received: Received[]
  answer: (received: Received) => number | Promise<number>
  /** `event.action` of everything received, in the order of the alphabet: deliveries keep no order. */
  events(): string[]
  forget(): void
  close(): Promise<void>
}

const payloadOf = (raw: string): unknown =>
  JSON.parse(raw.startsWith('{') ? raw : (new URLSearchParams(raw).get('payload') ?? 'null'))

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const raw = Buffer.concat(chunks).toString()
    const one: Received = { path: request.url ?? '', headers: request.headers, raw, payload: payloadOf(raw) }
    received.push(one)
    response.statusCode = await receiver.answer(one)
    response.end('heard')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: () => 202,
    events: () =>
      received
        .map(({ headers, payload }) => [headers['x-github-event'], payload.action].filter(Boolean).join('.'))
        .toSorted(),
    forget: () => {
      received.length = 0
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
  return receiver
}
