import type { FaultyWorld } from './faulty-world.ts'

export interface Judged {
  readonly runs: number
  readonly wrong: readonly string[]
}

export function judgePublished(_world: FaultyWorld): Judged {
  return { runs: 0, wrong: [] }
}
