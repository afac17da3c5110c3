export interface Seen {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever was answered
  readonly body: any
}

/** Keeps cookies, and sends what our own pages send along. */
export interface Browser {
  readonly cookies: Map<string, string>
  /** Sent with what changes something, when there is one. */
  csrfToken: string
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string | null>): Promise<Seen>
  signIn(login: string, password: string): Promise<Seen>
}

export function browser(address: string, url: string): Browser {
  const cookies = new Map<string, string>()
  const keep = (line: string) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (/Max-Age=0/.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }
  const self: Browser = {
    cookies,
    csrfToken: '',
    async ask(method, path, body, more = {}) {
      const all = {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') || null,
        ...(method !== 'GET' && { origin: new URL(url).origin, 'x-csrf-token': self.csrfToken || null }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...more,
      }
      const headers = Object.entries(all).filter((each): each is [string, string] => each[1] !== null)
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const sent = { method, headers, redirect: 'manual' as const, ...(body !== undefined && { body: text }) }
      const answer = await fetch(new URL(path, address), sent)
      for (const line of answer.headers.getSetCookie()) keep(line)
      const said = await answer.text()
      const isJson = /json/.test(answer.headers.get('content-type') ?? '')
      return { status: answer.status, headers: answer.headers, text: said, body: isJson ? JSON.parse(said) : null }
    },
    async signIn(login, password) {
      const seen = await self.ask('POST', '/api/v1/session', { login, password })
      if (seen.status === 200) self.csrfToken = seen.body.csrfToken
      return seen
    },
  }
  return self
}
