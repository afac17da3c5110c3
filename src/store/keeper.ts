import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { KeptDelivery } from './keep-deliveries.ts'

/** Deliveries on their way to the thread. */
export interface Batch {
  readonly now: number
  /** JSON, which is written and read sooner than many objects are handed over. */
  readonly deliveries: string
  /** Their bodies, one after another: handed over, and back with the outcome, so that it serves again. */
  readonly bytes: ArrayBuffer
}

export type BatchedDelivery = Omit<KeptDelivery, 'body'> & { readonly length: number }

/** What became of a batch: all of it is on the disk, or nothing. */
export type Outcome = { readonly bytes: ArrayBuffer } & (
  | { readonly answers: ('new' | 'known')[] }
  | { readonly failure: { readonly name: string; readonly message: string; readonly code: unknown } }
)

/** Keeps deliveries by a connection of its own, so that compressing and the disk hold nobody up. */
export interface Keeper {
  /** One batch at a time; resolves when it is on the disk. Nothing else may be writing meanwhile. */
  keep(deliveries: readonly KeptDelivery[], now: number): Promise<('new' | 'known')[]>
  close(): Promise<void>
}

/** As this file: TypeScript in a checkout, JavaScript in a package. */
const program = new URL(`./keeper-thread${extname(import.meta.url)}`, import.meta.url)

/** The thread is started for the first delivery: most commands keep none. */
export function createKeeper(file: string): Keeper {
  let thread: Worker | null = null
  let spare = new ArrayBuffer(0)
  const running = () => {
    if (thread) return thread
    // What Node itself was told is about this program, such as `--input-type`.
    const started = new Worker(program, { workerData: { file }, execArgv: [] })
    // Whoever waits for it is told; nobody does: the next delivery starts another one.
    started
      .on('error', () => {})
      .once('exit', () => {
        if (thread === started) thread = null
      })
    thread = started
    return started
  }
  return {
    async keep(deliveries, now) {
      const outcome = await told(running(), batch(deliveries, now, spare))
      spare = outcome.bytes.byteLength > usual ? new ArrayBuffer(0) : outcome.bytes
      if ('answers' in outcome) return outcome.answers
      throw Object.assign(new Error(), outcome.failure)
    },
    async close() {
      await thread?.terminate()
    },
  }
}

/** In bytes: room for most batches. What was made for a larger one is let go. */
const usual = 1024 * 1024

function batch(deliveries: readonly KeptDelivery[], now: number, spare: ArrayBuffer): Batch {
  const size = deliveries.reduce((sum, { body }) => sum + body.byteLength, 0)
  const bytes = size <= spare.byteLength ? spare : new ArrayBuffer(Math.max(size, usual))
  const room = new Uint8Array(bytes)
  let at = 0
  const rest = deliveries.map(({ body, ...delivery }): BatchedDelivery => {
    room.set(body, at)
    at += body.byteLength
    return { ...delivery, length: body.byteLength }
  })
  return { now, deliveries: JSON.stringify(rest), bytes }
}

/** An idle thread keeps no process up; one that is asked something does. */
function told(thread: Worker, batch: Batch): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      thread.off('message', answered).off('error', failed).off('exit', ended).unref()
      end()
    }
    const answered = (outcome: Outcome) => settle(() => resolve(outcome))
    const failed = (error: unknown) => settle(() => reject(error))
    const ended = () => failed(new Error('The thread that keeps deliveries has ended.'))
    thread.on('message', answered).once('error', failed).once('exit', ended).ref()
    thread.postMessage(batch, [batch.bytes])
  })
}
