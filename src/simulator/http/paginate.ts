import type { Call } from './operation.ts'

const most = 100

/** `per_page`, at most 100, by default 30. */
function pageSize({ query }: Call): number {
  const wanted = Number(query.get('per_page') ?? 30)
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, most) : 30
}

function link(call: Call, query: Record<string, string | number>, rel: string): string {
  const url = new URL(call.url)
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value))
  return `<${url}>; rel="${rel}"`
}

const linkHeader = (links: readonly string[]): Record<string, string> =>
  links.length > 0 ? { Link: links.join(', ') } : {}

/** One page of the list that the query asks for, with links to its neighbours. */
export function paginate<T>(call: Call, all: readonly T[]): { page: T[]; headers: Record<string, string> } {
  const size = pageSize(call)
  const number = Math.max(1, Number.parseInt(call.query.get('page') ?? '1', 10) || 1)
  const last = Math.max(1, Math.ceil(all.length / size))
  const to = (page: number, rel: string) => link(call, { page }, rel)
  const back = number > 1 ? [to(number - 1, 'prev')] : []
  const on = number < last ? [to(number + 1, 'next'), to(last, 'last')] : []
  const start = number > 1 ? [to(1, 'first')] : []
  return {
    page: all.slice((number - 1) * size, number * size),
    headers: linkHeader([...back, ...on, ...start]),
  }
}

/** One page of a list, from behind the entry that the cursor `after` names. */
export function pageAfter<T>(
  call: Call,
  all: readonly T[],
  nameOf: (entry: T) => string,
): { page: T[]; headers: Record<string, string> } {
  const size = pageSize(call)
  const after = call.query.get('after')
  const start = after ? all.findIndex((entry) => nameOf(entry) === after) + 1 : 0
  const page = all.slice(start, start + size)
  const last = page.at(-1)
  const more = last !== undefined && start + size < all.length ? [link(call, { after: nameOf(last) }, 'next')] : []
  return { page, headers: linkHeader(more) }
}

/** One page of a list that grows at its front, newest first: a cursor names the last entry seen. */
export function paginateByCursor<T extends { readonly id: number }>(
  call: Call,
  newestFirst: readonly T[],
): { page: T[]; headers: Record<string, string> } {
  const size = pageSize(call)
  const cursor = Number(/^v1_(\d+)$/.exec(call.query.get('cursor') ?? '')?.[1] ?? Number.MAX_SAFE_INTEGER)
  const rest = newestFirst.filter(({ id }) => id < cursor)
  const page = rest.slice(0, size)
  const last = page.at(-1)
  const more = last && rest.length > size ? [link(call, { cursor: `v1_${last.id}` }, 'next')] : []
  return { page, headers: linkHeader(more) }
}
