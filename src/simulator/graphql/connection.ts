import { graphqlError } from './context.ts'

export interface Paging {
  readonly first?: number | null
  readonly last?: number | null
  readonly after?: string | null
  readonly before?: string | null
}

const most = 100

const cursorAt = (index: number): string => Buffer.from(`cursor:v2:${index}`).toString('base64')

function indexOf(cursor: string): number {
  const index = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1]
  if (index === undefined)
    throw graphqlError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`)
  return Number(index)
}

function checkSize(name: string, argument: 'first' | 'last', size: number): void {
  if (size > most) {
    const message = `Requesting ${size} records on the \`${name}\` connection exceeds the \`${argument}\` limit of ${most} records.`
    throw graphqlError('EXCESSIVE_PAGINATION', message)
  }
  if (size < 0) {
    const message = `\`${argument}\` on the \`${name}\` connection cannot be less than zero.`
    throw graphqlError('INVALID_PAGINATION_ARGUMENTS', message)
  }
}

/** One page of a connection; GitHub wants a bound of at most 100. */
export function connection<T, N>(name: string, all: readonly T[], paging: Paging, node: (each: T) => N) {
  const { first, last, after, before } = paging
  if (first == null && last == null) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`
    throw graphqlError('MISSING_PAGINATION_BOUNDARIES', message)
  }
  if (first != null) checkSize(name, 'first', first)
  if (last != null) checkSize(name, 'last', last)
  const low = after ? indexOf(after) + 1 : 0
  const high = before ? indexOf(before) : all.length
  const start = first == null ? Math.max(low, high - (last ?? 0)) : low
  const end = first == null ? high : Math.min(high, low + first)
  const nodes = all.slice(start, end)
  return {
    totalCount: all.length,
    nodes: nodes.map(node),
    pageInfo: {
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length > 0 ? cursorAt(start) : null,
      endCursor: nodes.length > 0 ? cursorAt(end - 1) : null,
    },
  }
}
