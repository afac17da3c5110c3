import { Button } from '@primer/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type ListQuery, pagesOf } from '../api/queries.ts'
import { Failed, Loading } from './answered.tsx'

/** A list that is read from the top: page by page, the next one on demand. */
export function Pages<Item>({
  query,
  children,
}: {
  query: ListQuery<Item>
  children: (items: readonly Item[]) => ReactNode
}) {
  const asked = useInfiniteQuery(pagesOf(query))
  if (asked.isPending) return <Loading />
  if (asked.data === undefined) return asked.error && <Failed error={asked.error} again={() => void asked.refetch()} />
  return (
    <>
      {children(asked.data.pages.flatMap(({ items }) => items))}
      {asked.hasNextPage && (
        <div className="pad">
          <Button size="small" disabled={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}
