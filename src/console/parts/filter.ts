import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

const part = /[a-z]+:"[^"]*"|"[^"]*"|\S+/gi

/** A filter's terms and words, as the API reads them. */
const partsOf = (filter: string): string[] => filter.match(part) ?? []

/** `type`, `GitHub > Repository` → `type:"GitHub > Repository"`. */
export const term = (name: string, value: string | number): string =>
  `${name}:${/^[\w.-]+$/.test(String(value)) ? value : `"${String(value).replaceAll('"', '')}"`}`

/** What a filter asks for by a term of that name; null: nothing. */
export function termIn(filter: string, name: string): string | null {
  const found = partsOf(filter).find((each) => each.toLowerCase().startsWith(`${name}:`))
  return found === undefined ? null : found.slice(name.length + 1).replaceAll('"', '')
}

/** The filter with that term set, or, by null, without it. */
export function withTerm(filter: string, name: string, value: string | null): string {
  const others = partsOf(filter).filter((each) => !each.toLowerCase().startsWith(`${name}:`))
  return [...(value === null ? [] : [term(name, value)]), ...others].join(' ')
}

/** Several filters, all of which must hold. */
export const both = (...filters: readonly string[]): string => filters.filter((each) => each !== '').join(' ')

/** The filter that the page's address carries, so that it can be passed on. */
export function useFilter(): [filter: string, setFilter: (filter: string) => void] {
  const [query, setQuery] = useSearchParams()
  const setFilter = useCallback(
    (filter: string) =>
      setQuery(
        (before) => {
          const next = new URLSearchParams(before)
          if (filter === '') next.delete('filter')
          else next.set('filter', filter)
          return next
        },
        { replace: true },
      ),
    [setQuery],
  )
  return [query.get('filter') ?? '', setFilter]
}
