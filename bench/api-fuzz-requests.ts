/** A request to the API, right or mutated. */
export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Requests to these endpoints, most of them mutated somewhere; the same for the same random numbers. */
export function apiRequests(
  routes: readonly { method: string; path: string }[],
  random: () => number,
): () => ApiRequest {
  const upTo = (most: number) => Math.floor(random() * most)
  const pick = <Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item => items[upTo(items.length)] as Item
  const noise = () =>
    String.fromCodePoint(...Array.from({ length: upTo(12) }, () => pick([upTo(128), upTo(0xd800), 0x1f600 + upTo(80)])))
  const odd = () =>
    pick([
      '',
      '0',
      '-1',
      '1e9',
      '999999999999999999999',
      'null',
      '%',
      '"',
      "' or 1=1 --",
      '../..',
      '[]',
      noise(),
      noise(),
    ])
  const id = () => (random() < 0.7 ? String(1 + upTo(40)) : odd())
  const term = () =>
    `${pick(['', '-'])}${pick(['state:', 'type:', 'under:', 'resource:', 'connection:', 'parent:', 'gone:', 'muted:', 'kind:', 'control:', 'guid:', 'status:', 'policy:', noise()])}${pick([id(), odd(), 'ok,alarm', '"GitHub > Repository > CMDB"', 'true'])}`
  const filter = () => Array.from({ length: upTo(4) }, () => pick([term(), noise(), 'repo'])).join(' ')
  const cursor = () =>
    Buffer.from(pick([JSON.stringify([id(), upTo(9), odd()]), JSON.stringify([upTo(9)]), odd()])).toString('base64url')
  const time = () => pick(['1970-01-01T00:00:02Z', '1970-01-01T02:00:03.5+02:00', '2999-01-01T00:00:00Z', odd()])
  const query = () =>
    Object.entries({
      filter: filter(),
      cursor: cursor(),
      limit: pick(['1', '200', odd()]),
      resource: id(),
      'as-of': time(),
      from: time(),
      to: time(),
      path: odd(),
    })
      .filter(() => random() < 0.3)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&')
  const value = (): unknown =>
    pick<unknown>([
      odd(),
      upTo(40),
      -1,
      null,
      true,
      [],
      {},
      [odd()],
      'Skip',
      'required',
      'date',
      '2999-01-01T00:00:00Z',
      'GitHub > Repository > CMDB',
    ])
  const json = () =>
    JSON.stringify(
      Object.fromEntries(
        ['path', 'resourceId', 'value', 'precedence', 'note', 'expiresAt', 'until', 'date', '__proto__']
          .filter(() => random() < 0.6)
          .map((name) => [name, value()]),
      ),
    )
  return () => {
    const route = pick(routes)
    const method = (
      random() < 0.9 ? route.method : pick(['get', 'post', 'put', 'delete', 'patch', 'options', 'head'])
    ).toUpperCase()
    const path = `${route.path.replace('{id}', encodeURIComponent(id()))}${pick(['', '', '', '/', '/x'])}?${query()}`
    const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(method)
    const type = pick([
      'application/json',
      'application/json',
      'application/json',
      'text/plain',
      odd().replaceAll(/[^\x20-\x7e]/g, ''),
    ])
    return {
      method,
      path,
      headers: hasBody ? { 'content-type': type } : {},
      ...(hasBody && {
        body: pick([json(), json(), json(), json().slice(0, upTo(30)), odd(), `"${'x'.repeat(300_000)}"`]),
      }),
    }
  }
}
