import type { Diagnosis } from '../../model/diagnosis.ts'
import { Refusal } from '../../model/github.ts'

/**
 * A read whose refusal is an answer about the connection, to be kept beside what other reads told. A refusal that only
 * says "later" is thrown on: nothing has been learnt.
 */
export async function refusalsOf<T>(read: () => Promise<T>): Promise<{ value: T | undefined; refusals: Diagnosis[] }> {
  try {
    return { value: await read(), refusals: [] }
  } catch (error) {
    if (error instanceof Refusal && error.retryAt === null) return { value: undefined, refusals: [error.diagnosis] }
    throw error
  }
}
