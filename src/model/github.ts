import type { Endpoints } from '@octokit/types'
import type { Connection } from './connection.ts'
import type { GitHubCall } from './control.ts'
import type { Diagnosis } from './diagnosis.ts'

/** Octokit's types leave out what Enterprise Cloud alone has. */
declare module '@octokit/types' {
  interface Endpoints {
    'GET /orgs/{org}/audit-log': {
      parameters: {
        org: string
        phrase?: string
        include?: 'web' | 'git' | 'all'
        after?: string
        before?: string
        order?: 'desc' | 'asc'
        per_page?: number
      }
      response: { data: Readonly<Record<string, unknown>>[] }
    }
  }
}

type Route = keyof Endpoints
type ReadRoute = Extract<Route, `GET ${string}`>
type Parameters<R extends Route> = Omit<Endpoints[R]['parameters'], 'baseUrl' | 'headers' | 'mediaType'>

export interface Answer<Data> {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly data: Data
}

/** GitHub answered with a refusal, or did not answer. Every failed call throws this and nothing else. */
export class Refusal extends Error {
  readonly diagnosis: Diagnosis
  /** Null when there was no answer. */
  readonly status: number | null
  /** When it may go better, in milliseconds; null when waiting does not help. */
  readonly retryAt: number | null

  constructor(diagnosis: Diagnosis, status: number | null, retryAt: number | null = null) {
    super(diagnosis.reason)
    this.name = 'Refusal'
    this.diagnosis = diagnosis
    this.status = status
    this.retryAt = retryAt
  }
}

/** What a GraphQL query gave, with the errors that GitHub reports beside partial data. */
export interface GraphAnswer<Data> {
  readonly data: Data
  readonly errors: readonly { type: string | null; message: string; path: readonly (string | number)[] }[]
}

/** GitHub as one connection may read it. It cannot write. Each failed call throws a `Refusal`. */
export interface GitHubReader {
  get<R extends ReadRoute>(route: R, parameters: Parameters<R>): Promise<Answer<Endpoints[R]['response']['data']>>
  /** Every item of a paged list, page by page (100 each); `pick` takes the items out of an answer that wraps them. */
  pages<R extends ReadRoute, Item>(
    route: R,
    parameters: Parameters<R>,
    pick: (data: Endpoints[R]['response']['data']) => readonly Item[],
  ): AsyncIterable<readonly Item[]>
  /** A query; `name` is for the record of calls. Mutations are refused. */
  query<Data>(name: string, query: string, variables: Readonly<Record<string, unknown>>): Promise<GraphAnswer<Data>>
  /** The calls made through this client so far. */
  readonly calls: readonly GitHubCall[]
}

/** GitHub as one connection may read and change it. */
export interface GitHub extends GitHubReader {
  write<R extends Exclude<Route, ReadRoute>>(
    route: R,
    parameters: Parameters<R>,
  ): Promise<Answer<Endpoints[R]['response']['data']>>
  /** What only GraphQL can change; `name` is for the record of calls. Queries are refused. */
  mutate<Data>(name: string, mutation: string, variables: Readonly<Record<string, unknown>>): Promise<GraphAnswer<Data>>
}

/**
 * What calls are made for. Background work (discovery, polling) leaves a share of GitHub's limits to live work (events,
 * runs of controls, enforcement, reports). The name (a control's path, `discovery`, …) goes with each call into the log.
 */
export interface Purpose {
  readonly kind: 'live' | 'background'
  readonly name: string
  /** Called when the turn of a request that changes something has come, right before it is sent. Throws where it may not be. */
  readonly beforeWrite?: () => Promise<void>
}

export const live = (name: string): Purpose => ({ kind: 'live', name })
export const background = (name: string): Purpose => ({ kind: 'background', name })

/** One of GitHub's hourly limits as it stands for the credential of a connection, or of the App itself. */
export interface Budget {
  readonly connectionId: number | 'app'
  /** GitHub's name for it: `core`, `graphql`, … */
  readonly resource: string
  /** Requests (in GraphQL: points) an hour, as GitHub last said; null when it did not say yet. */
  readonly limit: number | null
  readonly remaining: number | null
  /** In milliseconds; null when the hour is over, or was never said. */
  readonly resetAt: number | null
  /** How many calls of the credential wait for their turn just now. */
  readonly waiting: number
  /** Nothing at all is asked before this moment, in milliseconds; null when something may be. */
  readonly blockedUntil: number | null
}

/**
 * GitHub's clients. Calls keep to GitHub's limits: a short wait happens within the call, a longer one is a `Refusal` of
 * code `rate-limited` with its `retryAt`.
 */
export interface GitHubClients {
  /** Null when the connection's credential is gone. */
  forConnection(connection: Connection, purpose: Purpose): Promise<GitHub | null>
  /** The same for whoever must not write, such as a read or a plan: it has no way to. */
  readerFor(connection: Connection, purpose: Purpose): Promise<GitHubReader | null>
  /** By a token that is not kept: to see what it may do in the organization. */
  forToken(token: string, login: string, purpose: Purpose): GitHub
  /** As the App itself; null when there is no App. */
  forApp(purpose: Purpose): GitHub | null
  /** How GitHub's limits stand for every credential used so far. */
  budgets(): readonly Budget[]
  /** Lets go of the connection's cached installation token: the next call asks for one with today's permissions. */
  renew(connection: Connection): void
  /** The login our issues and comments are authored by, e.g. `guardpost[bot]`. Asked once per connection. */
  author(connection: Connection): Promise<string>
}
