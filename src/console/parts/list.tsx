import { type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ListQuery } from '../api/queries.ts'
import { Failed, Loading } from './answered.tsx'

export interface Column<Item> {
  readonly title: string
  /** A track of a CSS grid, e.g. `minmax(0, 2fr)`. */
  readonly width: string
  readonly cell: (item: Item) => ReactNode
  /** Shown as it is on a phone, without its title. */
  readonly lead?: boolean
}

interface ListProps<Item extends { id: string | number }> {
  readonly query: ListQuery<Item>
  readonly columns: readonly Column<Item>[]
  /** What is listed: one, and many. */
  readonly of: readonly [one: string, many: string]
  /** What stands there when there is none. */
  readonly none: ReactNode
}

/** A list of any length: only the rows in view are in the page, and the next ones are asked for as one comes near. */
export function List<Item extends { id: string | number }>({ query, columns, of, none }: ListProps<Item>) {
  const asked = useInfiniteQuery({ ...query, placeholderData: (before) => before })
  if (asked.data === undefined)
    return asked.isError ? <Failed error={asked.error} again={() => void asked.refetch()} /> : <Loading />
  const items = asked.data.pages.flatMap((page) => page.items)
  const total = asked.data.pages[0]?.total
  if (items.length === 0) return asked.hasNextPage ? <Onward asked={asked} /> : <div className="box">{none}</div>
  return (
    <div className={asked.isPlaceholderData ? 'list-wait' : ''}>
      <Count count={total ?? items.length} more={total === undefined && asked.hasNextPage} of={of} />
      <Rows
        items={items}
        total={total ?? (asked.hasNextPage ? -1 : items.length)}
        columns={columns}
        label={of[1]}
        nearEnd={() => asked.hasNextPage && !asked.isFetching && void asked.fetchNextPage()}
      />
      {asked.isFetchingNextPage && <Loading what="Loading more" />}
      {asked.isFetchNextPageError && <Failed error={asked.error} again={() => void asked.fetchNextPage()} />}
    </div>
  )
}

/** A page may be empty, and more follow. */
function Onward({ asked: { isFetching, error, fetchNextPage } }: { asked: Asked }) {
  const isStuck = error !== null
  useEffect(() => {
    if (!isFetching && !isStuck) void fetchNextPage()
  })
  return error && !isFetching ? <Failed error={error} again={() => void fetchNextPage()} /> : <Loading />
}

type Asked = Pick<UseInfiniteQueryResult, 'isFetching' | 'error' | 'fetchNextPage'>

function Count({ count, more, of: [one, many] }: { count: number; more: boolean; of: readonly [string, string] }) {
  return (
    <p className="list-count" role="status">
      {count.toLocaleString()}
      {more && '+'} {count === 1 ? one : many}
    </p>
  )
}

interface RowsProps<Item> {
  readonly items: readonly Item[]
  readonly total: number
  readonly columns: readonly Column<Item>[]
  readonly label: string
  readonly nearEnd: () => void
}

/** How many rows before the end the next ones are asked for. */
const foresight = 30

function Rows<Item extends { id: string | number }>({ items, total, columns, label, nearEnd }: RowsProps<Item>) {
  const body = useRef<HTMLDivElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  // What stands above may grow: each time it is looked where the rows begin.
  useLayoutEffect(() => setScrollMargin(body.current?.offsetTop ?? 0))
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => 48,
    overscan: 12,
    scrollMargin,
    getItemKey: (index) => items[index]?.id ?? index,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= items.length - foresight) nearEnd()
  })
  const tracks = { '--tracks': columns.map(({ width }) => width).join(' ') } as CSSProperties
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot hold rows that are placed one by one
    <div role="table" aria-label={label} aria-rowcount={total < 0 ? -1 : total + 1} className="rows box" style={tracks}>
      <Head columns={columns} />
      {/* biome-ignore lint/a11y/useSemanticElements: the same */}
      <div role="rowgroup" ref={body} className="rows-body" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const item = items[index]
          return (
            item && (
              // biome-ignore lint/a11y/useSemanticElements: the same
              // biome-ignore lint/a11y/useFocusableInteractive: what is in it takes the focus
              <div
                role="row"
                key={key}
                aria-rowindex={index + 2}
                data-index={index}
                ref={virtual.measureElement}
                className="row"
                style={{ transform: `translateY(${start - scrollMargin}px)` }}
              >
                <Cells columns={columns} item={item} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}

function Head<Item>({ columns }: { columns: readonly Column<Item>[] }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot hold rows that are placed one by one
    <div role="rowgroup">
      {/* biome-ignore lint/a11y/useSemanticElements: the same */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: a heading does nothing */}
      <div role="row" aria-rowindex={1} className="row row-head">
        {columns.map(({ title }) => (
          // biome-ignore lint/a11y/useSemanticElements: the same
          // biome-ignore lint/a11y/useFocusableInteractive: a heading does nothing
          <div role="columnheader" key={title}>
            {title}
          </div>
        ))}
      </div>
    </div>
  )
}

function Cells<Item>({ columns, item }: { columns: readonly Column<Item>[]; item: Item }) {
  return columns.map(({ title, cell, lead }) => (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot hold rows that are placed one by one
    <div role="cell" key={title} className={lead ? 'cell cell-lead' : 'cell'} data-title={title}>
      {cell(item)}
    </div>
  ))
}
