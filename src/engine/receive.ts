import { createHmac, timingSafeEqual } from 'node:crypto'
import { appHookId } from '../model/hook.ts'
import type { Intake } from './intake.ts'
import type { Means } from './means.ts'

/** A webhook request whose body has been read whole and is within bounds. */
export interface WebhookRequest {
  /** `app`, or the id in the path of an organization webhook. */
  readonly hookId: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** The answer to GitHub: an HTTP status and a line for the delivery log. */
export interface Receipt {
  readonly status: 200 | 202 | 400 | 401 | 503
  readonly message: string
  /** When it may go better, in seconds. */
  readonly retryAfter?: number
}

const kept = [
  'user-agent',
  'x-github-hook-id',
  'x-github-hook-installation-target-id',
  'x-github-hook-installation-target-type',
]
/** GitHub shows it to whoever redelivers; it does so by itself never. */
const retryAfter = 60
const guidForm = /^[\w-]{1,100}$/
const eventForm = /^[a-z][a-z0-9_]{0,49}$/

/**
 * Verifies, writes, answers: nothing else happens while GitHub waits. An unknown hook is answered exactly as a wrong
 * signature is, after the same work.
 */
export async function receive(
  { store, appWebhookSecret, clock, log }: Pick<Means, 'store' | 'appWebhookSecret' | 'clock' | 'log'>,
  intake: Intake,
  { hookId, headers, body }: WebhookRequest,
): Promise<Receipt> {
  try {
    const secret = hookId === appHookId ? appWebhookSecret : (await store.hooks.find(hookId))?.secret
    if (!isSigned(body, headers['x-hub-signature-256'], secret ?? '') || !secret)
      return { status: 401, message: 'The signature does not fit.' }
    const guid = headers['x-github-delivery'] ?? ''
    const event = headers['x-github-event'] ?? ''
    if (!guidForm.test(guid) || !eventForm.test(event))
      return { status: 400, message: 'X-GitHub-Delivery or X-GitHub-Event is missing.' }
    if (body[0] !== 0x7b) return { status: 400, message: 'The body is not a JSON object.' }

    const full = await intake.full()
    if (full) {
      log.warn({ hook: hookId, guid, event }, `A delivery was not taken: ${full}`)
      return { status: 503, message: 'Too much waits to be done; redeliver it later.', retryAfter }
    }
    const said = Object.fromEntries(kept.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])))
    const delivery = { hookId, guid, event, headers: said, body, receivedAt: clock(), source: 'webhook' } as const
    return (await intake.admit(() => store.deliveries.accept(delivery))) === 'known'
      ? { status: 200, message: 'Known already; nothing done.' }
      : { status: 202, message: 'Kept.' }
  } catch (error) {
    log.error(
      { err: error, hook: hookId, guid: headers['x-github-delivery'] },
      'A delivery could not be kept; GitHub is told so and shows it as failed',
    )
    return { status: 503, message: 'The delivery could not be kept; redeliver it later.', retryAfter }
  }
}

/** Compares in constant time; the secret may be empty, so that an unknown hook costs what a known one does. */
function isSigned(body: Buffer, signature: string | undefined, secret: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
  const given = Buffer.from(signature ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
