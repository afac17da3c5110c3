/** A route like `GET /orgs/{org}/hooks` as a pattern. `{ref}` takes slashes too, as refs have them. */
export interface Route {
  readonly name: string
  match(method: string, path: string): Record<string, string> | undefined
}

export function route(name: string): Route {
  const [method, template = ''] = name.split(' ')
  const keys = [...template.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => key)
  const pattern = template.replace(/\{(\w+)\}/g, (_, key) => (key === 'ref' ? '(.+)' : '([^/]+)'))
  const expression = new RegExp(`^${pattern}$`)
  return {
    name,
    match: (asked, path) => {
      const values = asked === method ? expression.exec(path)?.slice(1) : undefined
      return values && Object.fromEntries(keys.map((key, index) => [key, decodeURIComponent(values[index] ?? '')]))
    },
  }
}
