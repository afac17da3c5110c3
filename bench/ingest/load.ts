import { createHmac, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'

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
  const framed = payloads.map((payload) => frame(path, payload))
  let [sent, answered] = [0, 0]
  const isOver = () => ('requests' in until ? sent >= until.requests : performance.now() - begun >= until.milliseconds)
  const next = () => (isOver() ? undefined : framed[sent++ % framed.length]?.(randomUUID()))
  const heard = (guid: string, status: string) => {
    statuses[status] = (statuses[status] ?? 0) + 1
    if (status === '202') kept.push(guid)
    onAnswer(++answered)
  }
  await Promise.all(Array.from({ length: connections }, () => converse(port, next, heard)))
  return { statuses, perSecond: Math.round(answered / ((performance.now() - begun) / 1_000)), kept }
}

interface Request {
  readonly guid: string
  readonly head: string
  readonly body: Buffer
}

/** As little as can be is done for each request: the load shares its processors with what it measures. */
function frame(path: string, { event, body, signature }: ReturnType<typeof signedPayloads>[number]) {
  const before =
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: GitHub-Hookshot/044aadd\r\naccept: */*\r\n` +
    `content-type: application/json\r\ncontent-length: ${body.length}\r\nx-github-event: ${event}\r\n` +
    `x-github-hook-id: 1\r\nx-github-hook-installation-target-id: 1\r\n` +
    `x-github-hook-installation-target-type: integration\r\nx-hub-signature-256: ${signature}\r\nx-github-delivery: `
  return (guid: string): Request => ({ guid, head: `${before}${guid}\r\n\r\n`, body })
}

/** Sends what is next over one connection when the last was answered, until nothing is. */
function converse(
  port: number,
  next: () => Request | undefined,
  heard: (guid: string, status: string) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let [asked, answer] = ['', '']
    const ask = () => {
      const request = next()
      if (!request) {
        resolve()
        return socket.destroy()
      }
      asked = request.guid
      socket.cork()
      socket.write(request.head, 'latin1')
      socket.write(request.body)
      socket.uncork()
    }
    const callback = (length: number, bytes: Uint8Array) => {
      answer += Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1')
      if (!isWhole(answer)) return true
      heard(asked, answer.slice(9, 12))
      answer = ''
      ask()
      return true
    }
    const onread = { buffer: Buffer.alloc(64 * 1024), callback }
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread })
    const closed = () => reject(new Error('The connection was closed without an answer.'))
    socket.once('connect', ask).once('error', reject).once('close', closed)
  })
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n')
  if (head < 0) return false
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(answer) ?? []
  if (length !== undefined) return answer.length >= head + 4 + Number(length)
  return !/\r\ntransfer-encoding: chunked/i.test(answer) || answer.endsWith('0\r\n\r\n')
}
