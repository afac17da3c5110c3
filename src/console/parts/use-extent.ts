import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { type ListQuery, pageOf, pageSize } from '../api/queries.ts'
import type { Page } from '../api/types.ts'

/** How far a list is known. */
interface Extent {
  readonly rows: number
  /** Whether there are more, not asked for yet. */
  readonly more: boolean
}

export interface Known<Item> {
  readonly extent: Extent
  /** Where page `number` begins; undefined: not known yet. */
  cursor(number: number): string | null | undefined
  /** Takes what was answered for page `number`. */
  learn(number: number, page: Page<Item>): void
}

/** What is known of a list so far: where each page begins is told by the one before it. */
export function useExtent<Item>(query: ListQuery<Item>): Known<Item> {
  const client = useQueryClient()
  const [begin] = useState(() => fromCache(client, query))
  const [extent, setExtent] = useState(begin.extent)
  const cursors = useRef(begin.cursors)

  const extend = (to: Extent) => {
    if (to.rows !== extent.rows || to.more !== extent.more) setExtent(to)
  }
  return {
    extent,
    cursor: (number) => cursors.current[number],
    learn(number, { items, next }) {
      if (next === null) {
        cursors.current.length = number + 1
        extend({ rows: number * pageSize + items.length, more: false })
        return
      }
      const before = cursors.current[number + 1]
      cursors.current[number + 1] = next
      if (before === undefined) extend({ rows: (number + 1) * pageSize, more: true })
      else if (before !== next)
        void client.invalidateQueries({ queryKey: pageOf(query, number + 1, () => next).queryKey, exact: true })
    },
  }
}

/** As far as it was looked at before. */
function fromCache<Item>(client: QueryClient, query: ListQuery<Item>) {
  const cursors: (string | null)[] = [null]
  let extent: Extent = { rows: 0, more: true }
  for (let number = 0; ; number++) {
    const page = client.getQueryData<Page<Item>>(pageOf(query, number, () => null).queryKey)
    if (page === undefined) return { cursors, extent }
    extent = { rows: number * pageSize + page.items.length, more: page.next !== null }
    if (page.next === null) return { cursors, extent }
    cursors.push(page.next)
  }
}
