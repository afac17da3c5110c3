import type { Remedy } from '../../model/diagnosis.ts'
import { Refusal } from '../../model/github.ts'

/** One thing that the doctor looked at. */
export interface Symptom {
  readonly about: string
  readonly found: string
  /** `unknown`: it could not be looked at, or not yet. */
  readonly level: 'ok' | 'unknown' | 'wrong'
  readonly remedy?: Remedy
}

export const operator = 'who runs this server'

/** What was refused is a finding too; whatever else is thrown is a fault of ours. */
export async function orRefused(about: string, look: () => Promise<Symptom[]>): Promise<Symptom[]> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { reason, remedy } = error.diagnosis
    return [{ about, found: reason, level: error.retryAt === null ? 'wrong' : 'unknown', ...(remedy && { remedy }) }]
  }
}
