import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { NewDelivery } from '../model/delivery.ts'
import type { Head } from './waiting-deliveries.ts'

/** Deliveries on their way to the thread. */
export interface Batch {
  /** JSON, which is written and read sooner than many objects are handed over. */
  readonly deliveries: string
  /** Their bodies, one after another: handed over, and back with the outcome, so that it serves again. */
  readonly bytes: ArrayBuffer
}

export type BatchedDelivery = Head & { readonly length: number }

/** What the thread is asked: to keep deliveries, or to enter some that were kept. */
export type Order = Batch | { readonly now: number }

/** All of what was asked is done, or nothing. */
export type Outcome<Done = unknown> =
  | { readonly done: Done }
  | { readonly failure: { readonly name: string; readonly message: string; readonly code: unknown } }

/**
 * Keeps deliveries by a connection of its own, so that compressing and the disk hold nobody up. It is asked one thing at a time,
 * and nothing else may be writing meanwhile.
 */
export interface Keeper {
  /** Resolves when they are on the disk. */
  keep(deliveries: readonly NewDelivery[]): Promise<('new' | 'known')[]>
  /** As `enterDeliveries`. */
  enter(now: number): Promise<number>
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
    async keep(deliveries) {
      const order = batch(deliveries, spare)
      const { bytes, ...outcome } = await told<('new' | 'known')[]>(running(), order, [order.bytes])
      spare = bytes && bytes.byteLength <= usual ? bytes : new ArrayBuffer(0)
      return done(outcome)
    },
    enter: async (now) => done(await told<number>(running(), { now })),
    async close() {
      await thread?.terminate()
    },
  }
}

/** In bytes: room for most batches. What was made for a larger one is let go. */
const usual = 1024 * 1024

function batch(deliveries: readonly NewDelivery[], spare: ArrayBuffer): Batch {
  const size = deliveries.reduce((sum, { body }) => sum + body.byteLength, 0)
  const bytes = size <= spare.byteLength ? spare : new ArrayBuffer(Math.max(size, usual))
  const room = new Uint8Array(bytes)
  let at = 0
  const rest = deliveries.map(({ body, ...delivery }): BatchedDelivery => {
    room.set(body, at)
    at += body.byteLength
    return { ...delivery, length: body.byteLength }
  })
  return { deliveries: JSON.stringify(rest), bytes }
}

function done<Done>(outcome: Outcome<Done>): Done {
  if ('done' in outcome) return outcome.done
  throw Object.assign(new Error(), outcome.failure)
}

/** An idle thread keeps no process up; one that is asked something does. */
function told<Done>(
  thread: Worker,
  order: Order,
  handedOver: ArrayBuffer[] = [],
): Promise<Outcome<Done> & { readonly bytes?: ArrayBuffer }> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      thread.off('message', answered).off('error', failed).off('exit', ended).unref()
      end()
    }
    const answered = (outcome: Outcome<Done>) => settle(() => resolve(outcome))
    const failed = (error: unknown) => settle(() => reject(error))
    const ended = () => failed(new Error('The thread that keeps deliveries has ended.'))
    thread.on('message', answered).once('error', failed).once('exit', ended).ref()
    thread.postMessage(order, handedOver)
  })
}
