import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { KeptDelivery } from './keep-deliveries.ts'

/** Deliveries on their way to the thread, their bodies one after another in `bytes`. */
export interface Batch {
  readonly now: number
  readonly deliveries: readonly (Omit<KeptDelivery, 'body'> & { length: number })[]
  readonly bytes: Uint8Array
}

/** What became of a batch: all of it is on the disk, or nothing. `code` is SQLite's. */
export type Outcome = { readonly answers: ('new' | 'known')[] } | { readonly error: unknown; readonly code: unknown }

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
  const running = () => {
    if (thread) return thread
    const started = new Worker(program, { workerData: { file } })
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
      const outcome = await told(running(), batch(deliveries, now))
      if ('answers' in outcome) return outcome.answers
      throw outcome.error instanceof Error ? Object.assign(outcome.error, { code: outcome.code }) : outcome.error
    },
    async close() {
      await thread?.terminate()
    },
  }
}

function batch(deliveries: readonly KeptDelivery[], now: number): Batch {
  return {
    now,
    deliveries: deliveries.map(({ body, ...delivery }) => ({ ...delivery, length: body.byteLength })),
    bytes: Buffer.concat(deliveries.map(({ body }) => body)),
  }
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
    thread.postMessage(batch)
  })
}
