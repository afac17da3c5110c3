/** A request as it came in, for tests to look at and judge. */
export interface SeenRequest {
  readonly method: string
  /** Below the root of the API: `/orgs/acme`, also on GHES. `/graphql` for GraphQL. */
  readonly path: string
  /** The operation: `GET /orgs/{org}`; empty when there is none. */
  readonly route: string
  readonly query: Readonly<Record<string, string>>
  /** Names in lower case; without the credentials. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  /** 0 until it is answered. */
  readonly status: number
  /** `app 7`, `installation 8`, `user 9`, `anonymous`; `refused` when the credentials are no good. */
  readonly actor: string
}

/** Makes an installation token: changes nothing that an organization sees. */
const tokenRoute = 'POST /app/installations/{installation_id}/access_tokens'

/** Whether the request asks GitHub to change something. */
export function isWrite({ method, path, route, body }: SeenRequest): boolean {
  if (path !== '/graphql') return method !== 'GET' && method !== 'HEAD' && route !== tokenRoute
  const { query } = (body ?? {}) as { query?: unknown }
  return typeof query === 'string' && /^\s*mutation\b/m.test(query)
}
