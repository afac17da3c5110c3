import { Octokit } from '@octokit/core'
import type { Answer } from '../model/github.ts'
import { guardedFetch, RefusedRedirect } from './guarded-fetch.ts'
import { isObject } from './refusal-facts.ts'

/** What of pino we use. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export interface TransportOptions {
  /** `https://api.github.com`, or `https://HOST/api/v3` for a GitHub Enterprise Server. */
  readonly apiUrl: string
  /** Guardpost's version, for the User-Agent. */
  readonly version: string
  readonly log: Log
  readonly fetch?: typeof globalThis.fetch
  /** How long a call may take, in milliseconds; 10,000 when left out. */
  readonly timeoutMs?: number
}

/** One request: a route's method and path with placeholders, the values for them and for query or body. */
export interface HttpRequest {
  readonly method: string
  readonly path: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly graph?: 'query' | 'mutation'
}

/** GitHub's answer whatever its status, or why there is none, or why we did not even ask. */
export type Sent = { readonly answer: Answer<unknown> } | { readonly failure: string } | { readonly notSent: string }

export interface Transport {
  /** The full address that will be asked for. */
  url(request: HttpRequest): string
  /** Its path, filled in, without host and query. */
  filledIn(request: HttpRequest): string
  /** Without `authorization`, as nobody in particular. With `etag`, GitHub answers 304 and no data where its answer is still the one of that tag. */
  send(request: HttpRequest, authorization: string | null, etag: string | null): Promise<Sent>
}

/** Names that octokit reads as instructions to itself; a caller's parameters never reach those. */
const reserved = new Set(['baseUrl', 'headers', 'mediaType', 'request', 'method', 'url'])

/** Sends requests through octokit, without any of its retries, throttles or credentials. */
export function transport(options: TransportOptions): Transport {
  const octokit = octokitFor(options)
  const base = options.apiUrl.replace(/\/+$/, '')
  const endpoint = ({ method, path, parameters, graph }: HttpRequest) => ({
    ...Object.fromEntries(Object.entries(parameters).filter(([name]) => !reserved.has(name))),
    method,
    url: path,
    baseUrl: graph ? base.replace(/\/api\/v3$/, '/api') : base,
  })
  const url = (request: HttpRequest) => octokit.request.endpoint({ ...endpoint(request) }).url
  const filledIn = (request: HttpRequest) =>
    (url(request).slice(endpoint(request).baseUrl.length).split('?')[0] ?? '') || '/'
  return {
    url,
    filledIn,
    async send(request, authorization, etag) {
      if (strays(filledIn(request), request.path))
        return { notSent: `${filledIn(request)} is no address of ${request.path}` }
      try {
        const conditions = etag === null ? {} : { 'if-none-match': etag }
        const { status, headers, data } = await octokit.request({
          ...endpoint(request),
          headers: { ...(authorization !== null && { authorization }), ...conditions },
        })
        if (unreadable(status, data)) return { failure: 'the answer is not JSON' }
        return { answer: { status, headers: asStrings(headers), data } }
      } catch (error) {
        return notSuccess(error)
      }
    },
  }
}

function octokitFor({ apiUrl, version, log, fetch, timeoutMs }: TransportOptions): Octokit {
  // octokit warns of deprecated routes on the console unless its request has a log; its types do not know that.
  const request: object = {
    fetch: guardedFetch(new URL(apiUrl).origin, timeoutMs ?? 10_000, fetch ?? ((...args) => globalThis.fetch(...args))),
    log: { warn: (message: string) => log.warn({}, message) },
  }
  const octokit = new Octokit({ userAgent: `guardpost/${version}`, request })
  octokit.hook.before('request', (sent) => {
    sent.headers['x-github-api-version'] = '2022-11-28'
  })
  return octokit
}

/** A value that is missing, empty or `..` would turn the request into one of another route. */
function strays(path: string, template: string): boolean {
  const segments = path.split('/').slice(1)
  return (
    segments.length !== template.split('/').slice(1).length || segments.some((each) => ['', '.', '..'].includes(each))
  )
}

/** octokit hands a body that is not JSON over as text (a proxy's page, say); every answer we ask for is JSON or empty. */
const unreadable = (status: number, data: unknown) =>
  typeof data === 'string' && (data !== '' || status === 200 || status === 201)

function notSuccess(error: unknown): Sent {
  if (!(error instanceof Error)) return { failure: 'no answer' }
  if (error.cause instanceof RefusedRedirect)
    return { answer: { status: error.cause.status, headers: {}, data: { message: error.cause.message } } }
  const response = 'response' in error && isObject(error.response) ? error.response : null
  if (!response) return { failure: error.message || 'no answer' }
  const { data } = response
  const status = Number(response.status)
  const headers = asStrings(isObject(response.headers) ? response.headers : {})
  if (isWordless(status, headers, data)) return { failure: `the answer (${status}) is not JSON` }
  return { answer: { status, headers, data } }
}

/**
 * Whenever GitHub's API refuses, it says why in JSON: without that something in between answered, and neither a
 * permission nor a thing is known to be missing. A limit is known by its headers as well.
 */
const isWordless = (status: number, headers: Answer<unknown>['headers'], data: unknown): boolean =>
  status >= 400 && status < 500 && status !== 429 && !isObject(data) && headers['x-ratelimit-remaining'] !== '0'

function asStrings(headers: object): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, v === undefined ? undefined : String(v)]))
}
