import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Engine } from '../engine/engine.ts'
import { appHookId } from '../model/hook.ts'

/** GitHub sends nothing larger. In bytes. */
const largest = 25 * 1024 * 1024
/** How long a body may take to arrive, in milliseconds: GitHub itself gives up after 10 s. */
const slowest = 15_000

export const appHookPath = '/api/github/webhooks'
export const hookPath = (id: string): string => `/api/github/hooks/${id}`

/** The hook that a request's path names; null when the path is no webhook endpoint. */
export function hookIdOf(path: string): string | null {
  if (path === appHookPath) return appHookId
  const [, id] = /^\/api\/github\/hooks\/([\w-]{1,64})$/.exec(path) ?? []
  return id === undefined || id === appHookId ? null : id
}

/** Answers a webhook request: reads no more than it must, and leaves the rest to the engine. */
export async function answerWebhook(
  engine: Engine,
  hookId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const say = (status: number, message: string, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${message}\n`)
  }
  const refuse = (status: number, message: string, headers: Record<string, string> = {}) => {
    say(status, message, { ...headers, connection: 'close' })
    request.resume().setTimeout(1_000, () => request.destroy())
  }
  if (request.method !== 'POST') return refuse(405, 'Webhooks are posted.', { allow: 'POST' })
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    return refuse(415, 'Set the content type of the webhook to application/json.')
  if (Number(request.headers['content-length'] ?? 0) > largest) return refuse(413, 'GitHub sends no more than 25 MB.')

  const body = await readBody(request)
  if (body === 'too large') return refuse(413, 'GitHub sends no more than 25 MB.')
  if (body === 'cut off') return request.destroy() && undefined
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  const { status, message } = await engine.receive({ hookId, headers, body })
  say(status, message)
}

function readBody(request: IncomingMessage): Promise<Buffer | 'too large' | 'cut off'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const end = (outcome: Buffer | 'too large' | 'cut off') => {
      clearTimeout(timer)
      request.removeAllListeners('data')
      resolve(outcome)
    }
    const timer = setTimeout(() => end('cut off'), slowest)
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > largest) end('too large')
      else chunks.push(chunk)
    })
    request.once('end', () => end(Buffer.concat(chunks)))
    request.once('error', () => end('cut off'))
    request.once('close', () => end('cut off'))
  })
}
