type Fetch = typeof globalThis.fetch

/** GitHub, or something in its place, sent us where credentials do not go. */
export class RefusedRedirect extends Error {
  readonly status: number

  constructor(status: number, target: string) {
    super(`a redirect to ${target} is not followed`)
    this.name = 'RefusedRedirect'
    this.status = status
  }
}

const redirects = new Set([301, 302, 303, 307, 308])
/** Only these two promise that method and body stay (RFC 9110, 15.4): a write is never turned into a read. */
const keepMethod = new Set([307, 308])
const withoutBody = new Set([204, 205, 304])
const mostHops = 3

/**
 * A `fetch` that stays at one origin, ends after `timeoutMs` (all redirects and the body included), and gives an answer
 * only when it was read to its end: a body that breaks off is an error, not an empty answer. A renamed repository
 * answers 301 or 307 to `/repositories/{id}` at the same origin, so those are followed.
 */
export function guardedFetch(origin: string, timeoutMs: number, fetch: Fetch): Fetch {
  async function stayingHome(start: string, init: RequestInit): Promise<Response> {
    let url = start
    for (let hop = 0; hop <= mostHops; hop++) {
      const response = await fetch(url, { ...init, redirect: 'manual' })
      const next = nextStop(response, url, origin, init.method ?? 'GET')
      if (next === null) return whole(response)
      await response.body?.cancel()
      url = next
    }
    throw new RefusedRedirect(302, `more than ${mostHops} places in a row`)
  }

  return async (input, init) => {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      return await stayingHome(String(input), { ...init, signal })
    } catch (error) {
      if (error instanceof RefusedRedirect) throw error
      throw new Error(signal.aborted ? `nothing within ${timeoutMs} ms` : networkWords(error))
    }
  }
}

/** `fetch` hides what happened ("connect ECONNREFUSED …") in the cause of a "fetch failed". */
function networkWords(error: unknown): string {
  const { message, cause, code } = (typeof error === 'object' ? error : null) as Partial<NodeJS.ErrnoException & Error>
  return cause === undefined ? message || code || 'no connection' : networkWords(cause)
}

function nextStop(response: Response, from: string, origin: string, method: string): string | null {
  const location = response.headers.get('location')
  if (!redirects.has(response.status) || location === null) return null
  const target = URL.parse(location, from)
  if (target?.origin !== origin) throw new RefusedRedirect(response.status, target?.host ?? 'nowhere')
  if (method !== 'GET' && !keepMethod.has(response.status)) throw new RefusedRedirect(response.status, target.pathname)
  return target.href
}

async function whole(response: Response): Promise<Response> {
  const { status, statusText, headers } = response
  return new Response(withoutBody.has(status) ? null : await response.arrayBuffer(), { status, statusText, headers })
}
