import type { Message } from './deliver.ts'

/** One line of a hook's delivery log. Times in milliseconds, duration in seconds, as GitHub shows it. */
export interface Delivery extends Message {
  readonly id: number
  readonly deliveredAt: number
  /** When GitHub began to hold it back; null when it did not. */
  readonly throttledAt: number | null
  readonly redelivery: boolean
  readonly duration: number
  readonly status: string
  readonly statusCode: number
  readonly url: string
  readonly request: { readonly headers: Readonly<Record<string, string>> }
  readonly response: { readonly headers: Readonly<Record<string, string>>; readonly payload: string }
}

/** Whether what was sent is still known; a log keeps the newest only when it was told so. */
export const hasPayload = ({ payload }: Delivery): boolean => payload !== ''

/** Adds to the log and forgets what was sent, said and answered further back than the newest `keepPayloads`. */
export function enter(log: Delivery[], delivery: Delivery, keepPayloads: number): void {
  log.push(delivery)
  const index = log.length - 1 - keepPayloads
  const old = log[index]
  if (old) log[index] = { ...old, payload: '', request: { headers: {} }, response: { headers: {}, payload: '' } }
}
