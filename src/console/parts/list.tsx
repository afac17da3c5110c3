import { hashKey, useQuery } from '@tanstack/react-query'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { type ListQuery, pageOf, pageSize } from '../api/queries.ts'
import { Failed, Loading } from './answered.tsx'
import { useExtent } from './use-extent.ts'
import { usePages } from './use-pages.ts'

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
export function List<Item extends { id: string | number }>(props: ListProps<Item>) {
  const { query } = props
  const first = useQuery(pageOf(query, 0, () => null))
  const [shown, setShown] = useState(query)
  const isShown = hashKey(shown.key) === hashKey(query.key)
  if (!isShown && first.data !== undefined) setShown(query)
  if (first.isError && first.data === undefined)
    return <Failed error={first.error} again={() => void first.refetch()} />
  if (isShown && first.data === undefined) return <Loading />
  // What was listed before stays until there is something else to show.
  return (
    <div className={isShown ? '' : 'list-wait'}>
      <Rows key={hashKey(shown.key)} {...props} query={shown} />
    </div>
  )
}

function Count({ count, more, of: [one, many] }: { count: number; more: boolean; of: readonly [string, string] }) {
  return (
    <p className="list-count" role="status">
      {count.toLocaleString()}
      {more && '+'} {count === 1 ? one : many}
    </p>
  )
}

/** How many rows before the end the next ones are asked for. */
const foresight = 30

function Rows<Item extends { id: string | number }>({ query, columns, of, none }: ListProps<Item>) {
  const known = useExtent(query)
  const { extent } = known
  const body = useRef<HTMLDivElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  // What stands above may grow: each time it is looked where the rows begin.
  useLayoutEffect(() => setScrollMargin(body.current?.offsetTop ?? 0))
  const virtual = useWindowVirtualizer({ count: extent.rows, estimateSize: () => 48, overscan: 12, scrollMargin })
  const shown = virtual.getVirtualItems()
  const { pages, itemAt } = usePages(query, known, shown[0]?.index ?? 0, (shown.at(-1)?.index ?? 0) + foresight)
  const total = pages.get(0)?.data?.total
  const failed = [...pages.values()].find(({ isError, data }) => isError && data === undefined)
  const isLoading = [...pages.values()].some(({ isPending, isFetching }) => isPending && isFetching)
  if (extent.rows === 0 && !extent.more) return <div className="box">{none}</div>
  const rowCount = total ?? (extent.more ? -1 : extent.rows)
  const tracks = { '--tracks': columns.map(({ width }) => width).join(' ') } as CSSProperties
  return (
    <>
      <Count count={total ?? extent.rows} more={total === undefined && extent.more} of={of} />
      {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot hold rows that are placed one by one */}
      <div
        role="table"
        aria-label={of[1]}
        aria-rowcount={rowCount < 0 ? -1 : rowCount + 1}
        className="rows box"
        style={tracks}
      >
        <Head columns={columns} />
        {/* biome-ignore lint/a11y/useSemanticElements: the same */}
        <div role="rowgroup" ref={body} className="rows-body" style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, start }) => {
            const item = itemAt(index)
            return (
              item && (
                // biome-ignore lint/a11y/useSemanticElements: the same
                // biome-ignore lint/a11y/useFocusableInteractive: what is in it takes the focus
                <div
                  role="row"
                  // A row that moves on to the next page may be in both for a moment.
                  key={`${Math.floor(index / pageSize)}:${item.id}`}
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
      {isLoading && <Loading what="Loading more" />}
      {failed?.error && <Failed error={failed.error} again={() => void failed.refetch()} />}
    </>
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
