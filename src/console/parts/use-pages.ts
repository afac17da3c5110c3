import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type ListQuery, pageOf, pageSize } from '../api/queries.ts'
import type { Page } from '../api/types.ts'
import type { Known } from './use-extent.ts'

export interface PagesInView<Item> {
  /** By their numbers, from 0. */
  readonly pages: ReadonlyMap<number, UseQueryResult<Page<Item>>>
  /** Undefined: not in view, or not answered yet. */
  itemAt(index: number): Item | undefined
}

/**
 * The pages of the rows from one to another, and the first, which tells how many there are in all. Nothing else is asked for
 * again when something changes: however far down one is, that is a handful of pages.
 */
export function usePages<Item>(
  query: ListQuery<Item>,
  { cursor, learn }: Known<Item>,
  first: number,
  last: number,
): PagesInView<Item> {
  const numbers = numbersOf(first, last).filter((number) => cursor(number) !== undefined)
  const asked = useQueries({ queries: numbers.map((number) => pageOf(query, number, () => cursor(number) ?? null)) })
  useEffect(() => {
    for (const [place, number] of numbers.entries()) {
      const data = asked[place]?.data
      if (data) learn(number, data)
    }
  })
  const pages = new Map(numbers.flatMap((number, place) => (asked[place] ? [[number, asked[place]] as const] : [])))
  return { pages, itemAt: (index) => pages.get(Math.floor(index / pageSize))?.data?.items[index % pageSize] }
}

function numbersOf(first: number, last: number): number[] {
  const numbers = [0]
  for (let number = Math.floor(first / pageSize); number <= last / pageSize; number++)
    if (number > 0) numbers.push(number)
  return numbers
}
