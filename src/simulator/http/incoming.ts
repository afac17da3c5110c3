import type { World } from '../world.ts'
import { type Matched, matchOperation } from './rest.ts'

/** A request, read. */
export interface Incoming {
  readonly method: string
  /** Below the root of the API. */
  readonly path: string
  readonly url: string
  readonly text: string
  readonly matched: Matched | undefined
  readonly headers: Headers
}

const secret = new Set(['authorization', 'cookie'])

function pathOf({ flavour }: World, pathname: string): string {
  if (flavour === 'github.com') return pathname
  if (pathname === '/api/graphql') return '/graphql'
  return pathname.startsWith('/api/v3/') ? pathname.slice('/api/v3'.length) : ''
}

export async function understand(world: World, request: Request): Promise<Incoming> {
  const { pathname, search } = new URL(request.url)
  const path = pathOf(world, pathname)
  const { method, headers } = request
  const url = `${new URL(world.urls.html).origin}${pathname}${search}`
  const text = await request.text()
  return { method, path, url, text, matched: matchOperation(world, method, path), headers }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

/** The request as tests see it, not answered yet. */
export const seen = ({ method, path, matched, url, headers, text }: Incoming, actor: string) => ({
  method,
  path,
  route: path === '/graphql' ? `${method} /graphql` : (matched?.operation.route ?? ''),
  query: Object.fromEntries(new URL(url).searchParams),
  headers: Object.fromEntries([...headers].filter(([name]) => !secret.has(name))),
  body: parsed(text),
  status: 0,
  actor,
})
