import type { GitHubCall } from '../model/control.ts'
import type { Answer, GitHub, GraphAnswer } from '../model/github.ts'
import { Refusal } from '../model/github.ts'
import type { Caller } from './caller.ts'
import { graphErrors, graphRefusal, mutationRefusal, whyNoMutation, whyNoQuery } from './graph.ts'
import { isObject } from './refusal-facts.ts'

type Variables = Readonly<Record<string, unknown>>

/** GitHub's client over a caller. What octokit's types say of an answer is taken on trust here, and only here. */
export function client(call: Caller, calls: readonly GitHubCall[]): GitHub {
  async function ask<Data>(route: string, parameters: object, reading: boolean): Promise<Answer<Data>> {
    const [method = '', path = ''] = route.split(' ')
    if ((method === 'GET') !== reading)
      throw notAllowed(route, reading ? 'a reader reads, and only with GET' : 'reading is not writing')
    const answer = await call({ method, path, parameters: { ...parameters }, name: route })
    return answer as Answer<Data>
  }

  async function askGraph<Data>(
    as: { graph: 'query' | 'mutation'; name: string; recordedAs: string },
    query: string,
    variables: Variables,
  ): Promise<GraphAnswer<Data>> {
    const parameters = { query, variables }
    const refusal = as.graph === 'query' ? graphRefusal : mutationRefusal
    const answer = await call({ ...as, method: 'POST', path: '/graphql', parameters, refusal })
    const data = isObject(answer.data) ? answer.data.data : null
    return { data, errors: graphErrors(answer.data) } as GraphAnswer<Data>
  }

  return {
    calls,
    get: (route, parameters) => ask(route, parameters, true),
    write: (route, parameters) => ask(route, parameters, false),
    async *pages(route, parameters, pick) {
      let next: object | null = {}
      while (next) {
        const answer = await ask<Parameters<typeof pick>[0]>(route, { ...parameters, per_page: 100, ...next }, true)
        yield pick(answer.data)
        next = nextPage(answer.headers.link)
      }
    },
    async query<Data>(name: string, query: string, variables: Variables) {
      const why = whyNoQuery(query)
      if (why) throw notAllowed(`query ${name}`, why)
      return askGraph<Data>({ graph: 'query', name: `query ${name}`, recordedAs: `/graphql ${name}` }, query, variables)
    },
    async mutate<Data>(name: string, mutation: string, variables: Variables) {
      const why = whyNoMutation(mutation)
      if (why) throw notAllowed(`mutation ${name}`, why)
      const recordedAs = `/graphql mutation ${name}`
      return askGraph<Data>({ graph: 'mutation', name: `mutation ${name}`, recordedAs }, mutation, variables)
    },
  }
}

/**
 * The query of `Link: <…>; rel="next"`, in place of following the link: whatever host or path it names, the request
 * stays the route that was asked for.
 */
function nextPage(link: string | undefined): Record<string, string> | null {
  for (const [, url = '', rest = ''] of (link ?? '').matchAll(/<([^>]*)>([^,<]*)/g))
    if (/;\s*rel="?next"?/.test(rest)) return Object.fromEntries(URL.parse(url)?.searchParams ?? [])
  return null
}

function notAllowed(call: string, why: string): Refusal {
  return new Refusal({ code: 'refused', reason: `${call} was not sent: ${why}.`, call }, null)
}
