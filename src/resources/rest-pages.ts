import type { Answer } from '../model/github.ts'
import { isTooMuch } from './graph-pages.ts'

/** Each divides the greater ones, so that a page of any size may follow a page of any other. */
const sizes = [100, 50, 25, 5, 1] as const
const patience = 3

interface RestPage<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
  /** Null where GitHub does not say; never less than there are. */
  readonly total: number | null
}

/**
 * The pages of a REST list, from the item of that number on (null: the first). What takes GitHub too long is asked for
 * again in smaller pages, and in greater ones once it goes well.
 */
export async function* restPages<Item>(
  from: string | null,
  ask: (page: { per_page: number; page: number }) => Promise<Answer<readonly Item[]>>,
): AsyncGenerator<RestPage<Item>> {
  let start = Number(from ?? 0)
  // What goes on where small pages ended cannot be asked for by great ones yet.
  let step = sizes.findIndex((size) => start % size === 0)
  let good = 0
  for (;;) {
    const size = sizes[step] ?? 1
    const answer = await ask({ per_page: size, page: start / size + 1 }).catch((error: unknown) => {
      if (!isTooMuch(error) || step === sizes.length - 1) throw error
      return null
    })
    if (!answer) {
      step += 1
      good = 0
      continue
    }
    const { link = '' } = answer.headers
    const more = link.includes('rel="next"')
    start += more ? size : answer.data.length
    yield { items: answer.data, next: more ? String(start) : null, total: more ? lastPage(link, size) : start }
    if (!more) return
    good += 1
    const greater = sizes[step - 1]
    if (greater && good > patience && start % greater === 0) {
      step -= 1
      good = 0
    }
  }
}

/** How many there are up to the end of the last page; GitHub does not always name it. */
function lastPage(link: string, size: number): number | null {
  const [, page] = /[?&]page=(\d+)[^>]*>;\s*rel="last"/.exec(link) ?? []
  return page ? Number(page) * size : null
}
