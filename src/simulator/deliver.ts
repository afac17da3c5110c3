import { createHmac } from 'node:crypto'
import { type Agent, type IncomingMessage, request } from 'node:http'
import type { Hook } from './hook.ts'

/** What one event says to one hook. */
export interface Message {
  /** Names the event: shared by all hooks that hear of it, kept by redeliveries. */
  readonly guid: string
  readonly event: string
  readonly action: string | null
  readonly installationId: number | null
  readonly repositoryId: number | null
  /** The payload as JSON. */
  readonly payload: string
}

export interface Outcome {
  readonly status: string
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string
}

const hmac = (algorithm: 'sha1' | 'sha256', secret: string, body: string): string =>
  `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`

/** The body as it goes over the wire: for content type `form` the JSON is one field. */
export const wireBody = (hook: Hook, message: Message): string =>
  hook.config.contentType === 'json' ? message.payload : new URLSearchParams({ payload: message.payload }).toString()

export function requestHeaders(hook: Hook, message: Message, body: string): Record<string, string> {
  const { config, of } = hook
  return {
    Accept: '*/*',
    'Content-Type': config.contentType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
    'User-Agent': 'GitHub-Hookshot/5a1f3bc',
    'X-GitHub-Delivery': message.guid,
    'X-GitHub-Event': message.event,
    'X-GitHub-Hook-ID': String(hook.id),
    'X-GitHub-Hook-Installation-Target-ID': String('app' in of ? of.app.id : of.organization.id),
    'X-GitHub-Hook-Installation-Target-Type': 'app' in of ? 'integration' : 'organization',
    ...(config.secret && {
      'X-Hub-Signature': hmac('sha1', config.secret, body),
      'X-Hub-Signature-256': hmac('sha256', config.secret, body),
    }),
  }
}

const failed = (status: string, statusCode: number): Outcome => ({ status, statusCode, headers: {}, payload: '' })

/** Without a status code, so the log's `status=failure` does not list it. */
export const timedOut = failed('timed out', 0)

/** The status code of a failed connection is the one of GitHub's schema example for `failed to connect`. */
export const cannotConnect = failed('failed to connect to host', 502)

async function outcomeOf(response: IncomingMessage): Promise<Outcome> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const statusCode = response.statusCode ?? 0
  return {
    status: statusCode >= 200 && statusCode < 300 ? 'OK' : `Invalid HTTP Response: ${statusCode}`,
    statusCode,
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
    payload: Buffer.concat(chunks).toString(),
  }
}

/**
 * One attempt. Never rejects: what went wrong is its outcome. Redirects are not followed, as GitHub follows none. With
 * `cut` the connection ends when the answer begins: the receiver did its work, and GitHub does not know.
 */
export function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  { agent, timeout, cut = false }: { agent: Agent; timeout: number; cut?: boolean },
): Promise<Outcome> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeout)
    const failure = () => resolve(signal.aborted ? timedOut : cannotConnect)
    const length = { 'Content-Length': String(Buffer.byteLength(body)) }
    request(url, { method: 'POST', headers: { ...headers, ...length }, agent, signal }, (response) => {
      if (cut) {
        response.destroy()
        resolve(timedOut)
      } else {
        outcomeOf(response).then(resolve, failure)
      }
    })
      .on('error', failure)
      .end(body)
  })
}
