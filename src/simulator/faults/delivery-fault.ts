import type { Message } from '../deliver.ts'
import type { Hook } from '../hook.ts'

/** What can go wrong with a delivery. Times in milliseconds of real time. */
export type DeliveryFault =
  /** Never arrives. The log tells of a failure, of success (somebody between answered), or of nothing. */
  | { readonly kind: 'drop'; readonly log?: 'failed to connect' | 'timed out' | 'OK' | 'nothing' | undefined }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Arrives so many times, by default twice. */
  | { readonly kind: 'duplicate'; readonly copies?: number | undefined }
  /** Goes out behind so many later ones, by default 1; when there are not so many, after `withinMs`, by default 200. */
  | { readonly kind: 'reorder'; readonly behind?: number | undefined; readonly withinMs?: number | undefined }
  /** Arrives, but GitHub does not hear the answer and logs a failure. */
  | { readonly kind: 'cut' }
  /** Held back by GitHub, which the log tells in `throttled_at`. */
  | { readonly kind: 'throttle'; readonly ms: number }

/** The delivery that a fault may strike. */
export interface DeliveryAbout extends Message {
  readonly hook: Hook
  readonly redelivery: boolean
}
