import { setTimeout as pause } from 'node:timers/promises'
import type { Town } from './town.ts'

export interface Seen {
  /** Whether it is what the step expects. */
  readonly ok: boolean
  /** In words; may have several lines. */
  readonly saw: string
}

/** One step of the guide: something is done, and then something is to be seen. */
export interface Step {
  readonly title: string
  /** What is to be seen, in words. */
  readonly expects: string
  act?(town: Town): void | Promise<void>
  /** Looks once, and changes nothing. */
  look(town: Town): Promise<Seen>
  /** Where the console shows it, from the first slash. */
  page(town: Town): string | Promise<string>
}

export interface Outcome extends Seen {
  /** From 1. */
  readonly step: number
  readonly title: string
  readonly expects: string
  /** The page of the console where it is to be seen. */
  readonly page: string
}

/** How long a step may take to be seen, and how often we look, in milliseconds. */
const bound = 15_000
const rhythm = 50

/** Takes the steps in order, telling each outcome, up to the first that does not see what it should. */
export async function* walk(steps: readonly Step[], town: Town, end: AbortSignal): AsyncGenerator<Outcome> {
  for (const [index, step] of steps.entries()) {
    await step.act?.(town)
    const seen = await lookUntilSeen(step, town, end)
    if (end.aborted) return
    const page = `${town.address}${await step.page(town)}`
    yield { step: index + 1, title: step.title, expects: step.expects, page, ...seen }
    if (!seen.ok) return
  }
}

async function lookUntilSeen(step: Step, town: Town, end: AbortSignal): Promise<Seen> {
  const deadline = performance.now() + bound
  for (;;) {
    const seen = await step.look(town)
    if (seen.ok || end.aborted || performance.now() > deadline) return seen
    await pause(rhythm)
  }
}
