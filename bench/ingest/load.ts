import { createHmac, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

/** Real payloads of GitHub's between 8 and 20 kB, signed; a GUID is not covered by the signature. */
export function signedPayloads(secret: string): { event: string; body: Buffer; signature: string }[] {
  const file = new URL('../../node_modules/@octokit/webhooks-examples/api.github.com/index.json', import.meta.url)
  const all: { name: string; examples: object[] }[] = JSON.parse(readFileSync(file, 'utf8'))
  return all
    .flatMap(({ name, examples }) =>
      examples.map((example) => ({ event: name, body: Buffer.from(JSON.stringify(example)) })),
    )
    .filter(({ body }) => body.length >= 8_000 && body.length <= 20_000)
    .map(({ event, body }) => ({
      event,
      body,
      signature: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    }))
}

interface Load {
  readonly port: number
  readonly path: string
  readonly connections: number
  /** When to stop, in requests or in milliseconds. */
  readonly until: { requests: number } | { milliseconds: number }
}

/** What was answered how often, and how many a second. */
export interface Answers {
  readonly statuses: Readonly<Record<string, number>>
  readonly perSecond: number
  /** GUIDs answered 202. */
  readonly kept: readonly string[]
}

/** Posts payloads over connections that are kept alive, each waiting for its answer before the next. */
export async function load(
  payloads: ReturnType<typeof signedPayloads>,
  { port, path, connections, until }: Load,
  onAnswer: (count: number) => void = () => {},
): Promise<Answers> {
  const statuses: Record<string, number> = {}
  const kept: string[] = []
  const begun = performance.now()
  let [sent, answered] = [0, 0]
  const isOver = () => ('requests' in until ? sent >= until.requests : performance.now() - begun >= until.milliseconds)
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(port, '127.0.0.1').setNoDelay()
      while (!isOver()) {
        const payload = payloads[sent++ % payloads.length]
        if (!payload) throw new Error('There is nothing to send.')
        const guid = randomUUID()
        const status = await post(socket, path, guid, payload)
        statuses[status] = (statuses[status] ?? 0) + 1
        if (status === '202') kept.push(guid)
        onAnswer(++answered)
      }
      socket.destroy()
    }),
  )
  return { statuses, perSecond: Math.round(answered / ((performance.now() - begun) / 1_000)), kept }
}

function post(
  socket: Socket,
  path: string,
  guid: string,
  { event, body, signature }: { event: string; body: Buffer; signature: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const end = (settle: () => void) => {
      socket.off('data', hear).off('error', reject).off('close', closed)
      settle()
    }
    const hear = (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      if (isWhole(answer)) end(() => resolve(answer.slice(9, 12)))
    }
    const closed = () => end(() => reject(new Error('The connection was closed without an answer.')))
    socket.on('data', hear).once('error', reject).once('close', closed)
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: GitHub-Hookshot/044aadd\r\naccept: */*\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\nx-github-event: ${event}\r\n` +
        `x-github-delivery: ${guid}\r\nx-github-hook-id: 1\r\nx-github-hook-installation-target-id: 1\r\n` +
        `x-github-hook-installation-target-type: integration\r\nx-hub-signature-256: ${signature}\r\n\r\n`,
    )
    socket.write(body)
  })
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n')
  if (head < 0) return false
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, head)) ?? []
  if (length !== undefined) return answer.length >= head + 4 + Number(length)
  return !/\r\ntransfer-encoding: chunked/i.test(answer.slice(0, head)) || answer.endsWith('0\r\n\r\n')
}
