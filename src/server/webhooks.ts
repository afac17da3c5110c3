import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Engine } from '../engine/engine.ts'
import type { Log } from '../engine/means.ts'
import { appHookId } from '../model/hook.ts'
import type { Meter } from '../model/meter.ts'
import { bodyReader } from './read-body.ts'

const megabyte = 1024 * 1024

/** GitHub sends no body over 25 MB, and gives up by itself after 10 s. */
const limits = { largest: 25 * megabyte, slowest: 15_000, small: megabyte / 4, shared: 100 * megabyte }

export const appHookPath = '/api/github/webhooks'
export const hookPath = (id: string): string => `/api/github/hooks/${id}`

/** The hook that a request's path names; null when the path is no webhook endpoint. */
export function hookIdOf(path: string): string | null {
  if (path === appHookPath) return appHookId
  const [, id] = /^\/api\/github\/hooks\/([\w-]{1,64})$/.exec(path) ?? []
  return id === undefined || id === appHookId ? null : id
}

/** Answers the webhook requests of one server. */
export type WebhookEndpoint = (hookId: string, request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Answers webhook requests: reads no more of each than it must, and leaves the rest to the engine. */
export function webhookEndpoint(engine: Pick<Engine, 'receive'>, meter: Meter, log: Log): WebhookEndpoint {
  const withBody = bodyReader(limits)
  return async (hookId, request, response) => {
    const startedAt = performance.now()
    const say = (status: number, message: string, headers: Record<string, string> = {}) => {
      const text = `${message}\n`
      const length = Buffer.byteLength(text)
      // Without its length an answer goes out in pieces.
      response
        .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': length, ...headers })
        .end(text)
      const ms = performance.now() - startedAt
      meter.answered(hookId === appHookId ? 'app' : 'organization', status, ms)
      const { 'x-github-delivery': guid, 'x-github-event': event } = request.headers
      log.debug({ hook: hookId, guid, event, status, ms: Math.round(ms) }, 'Delivery answered')
    }
    const refuse = (status: number, message: string, headers: Record<string, string> = {}) => {
      say(status, message, { ...headers, connection: 'close' })
      request.resume().setTimeout(1_000, () => request.destroy())
    }
    if (request.method !== 'POST') return refuse(405, 'Webhooks are posted.', { allow: 'POST' })
    if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
      return refuse(415, 'Set the content type of the webhook to application/json.')
    if (Number(request.headers['content-length'] ?? 0) > limits.largest)
      return refuse(413, 'GitHub sends no more than 25 MB.')

    await withBody(request, async (body) => {
      if (body === 'too large') return refuse(413, 'GitHub sends no more than 25 MB.')
      if (body === 'no room')
        return refuse(503, 'Too much is coming in at once; redeliver it later.', { 'retry-after': '60' })
      if (body === 'cut off') return void request.destroy()
      // Names that may come in lists are not among those that are looked at.
      const headers = request.headers as Readonly<Record<string, string | undefined>>
      const { status, message, retryAfter } = await engine.receive({ hookId, headers, body })
      say(status, message, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) })
    })
  }
}
