import type { Engine } from '../engine/engine.ts'

/** Why requests had better go elsewhere; null when they may come. Never rejects. */
export type Readiness = () => Promise<string | null>

/** An answer holds so long, in milliseconds: whoever asks without end must not make us write without end. */
const fresh = 1_000
/** Whoever asks does not wait for ever. */
const patience = 5_000

/** Asks the engine, which tries whether the store can be written, at most once a second. */
export function readiness(
  engine: Pick<Engine, 'whyNotReady'>,
  isStopping: () => boolean,
  clock: () => number,
): Readiness {
  let known: { at: number; why: Promise<string | null> } | null = null
  const ask = async () => {
    const late = new Promise<string>((resolve) => {
      setTimeout(() => resolve(`The store has not answered for ${patience / 1_000} s.`), patience).unref()
    })
    const asked = engine.whyNotReady().catch((error: unknown) => `The store cannot be used: ${reasonOf(error)}`)
    return Promise.race([asked, late])
  }
  return async () => {
    if (isStopping()) return 'Guardpost is stopping.'
    if (known === null || Math.abs(clock() - known.at) >= fresh) known = { at: clock(), why: ask() }
    return known.why
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
