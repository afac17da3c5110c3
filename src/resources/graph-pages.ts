import { Refusal } from '../model/github.ts'

/** GitHub gives no more of a list in one answer. */
const most = 100
/** So many pages in a row must come before GitHub is asked for more at once again. */
const patience = 3

interface GraphPage {
  /** Where the next page begins; null after the last. */
  readonly next: string | null
}

/**
 * The pages of a GraphQL list. What takes GitHub too long is asked for again by half, and by more once it goes well. What
 * it cannot give even one of is passed over as `one` says, where it is given.
 */
export async function* graphPages<Page extends GraphPage>(
  from: string | null,
  ask: (cursor: string | null, size: number) => Promise<Page>,
  one?: (cursor: string | null) => Promise<Page>,
): AsyncGenerator<Page> {
  let cursor = from
  let size = most
  let good = 0
  do {
    const page = await ask(cursor, size).catch((error: unknown) => {
      if (!isTooMuch(error)) throw error
      if (size > 1) return null
      if (one) return one(cursor)
      throw error
    })
    good = page ? good + 1 : 0
    if (!page || good > patience) size = page ? Math.min(most, size * 2) : Math.floor(size / 2)
    if (!page) continue
    if (good > patience) good = 0
    yield page
    cursor = page.next
    if (cursor === null) return
  } while (true)
}

/** No answer in time, or an error of GitHub's own: a smaller question may be answered. */
export const isTooMuch = (error: unknown): boolean => error instanceof Refusal && error.diagnosis.code === 'unavailable'
