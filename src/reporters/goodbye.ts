import { Refusal } from '../model/github.ts'

/** What stands in the place of a state when we leave. */
export const goodbye = 'Removed: Guardpost judges this organization no more'

/** An empty repository (409) has no commit to speak of; a branch may be gone (404, 422). */
export const isNoCommit = (error: unknown): boolean =>
  error instanceof Refusal && [404, 409, 422].includes(error.status ?? 0)

/** Pages about a commit; none where there is no such commit. */
export async function* untilNoCommit<Item>(pages: AsyncIterable<readonly Item[]>): AsyncIterable<readonly Item[]> {
  try {
    yield* pages
  } catch (error) {
    if (!isNoCommit(error)) throw error
  }
}
