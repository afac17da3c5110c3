import type { GitHub, GitHubReader } from '../model/github.ts'

/** The same client without its way to write: whoever is given this cannot, whatever is asked of it. */
export function readOnly(github: GitHub): GitHubReader {
  return {
    calls: github.calls,
    get: (route, parameters) => github.get(route, parameters),
    pages: (route, parameters, pick) => github.pages(route, parameters, pick),
    query: (name, query, variables) => github.query(name, query, variables),
  }
}
