import { createHash, randomBytes } from 'node:crypto'
import { enterpriseVersion } from '../enterprise-version.ts'
import { answerGraphql } from '../graphql/answer.ts'
import type { World } from '../world.ts'
import { type Actor, actorName, actorOf } from './actor.ts'
import { type Meter, rateLimitExceeded } from './budget.ts'
import type { Answer } from './operation.ts'
import { type Budget, budgetHeaders } from './rate-limit.ts'
import { Refusal } from './refusal.ts'
import { answerRest, guardHeaders, type Matched, matchOperation } from './rest.ts'
import type { SeenRequest } from './seen-request.ts'

export interface HandlerOptions {
  readonly world: World
  /** Nothing on a GHES, which comes with rate limits switched off. */
  readonly meter: Meter | undefined
  readonly requests: SeenRequest[]
  /** What the judge threw. */
  readonly judged: Error[]
  readonly onRequest: ((request: SeenRequest) => void | Promise<void>) | undefined
}

interface Incoming {
  readonly method: string
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

async function understand(world: World, request: Request): Promise<Incoming> {
  const { pathname } = new URL(request.url)
  const path = pathOf(world, pathname)
  const { method, headers } = request
  const url = new URL(request.url)
  const asked = `${new URL(world.urls.html).origin}${pathname}${url.search}`
  return { method, path, url: asked, text: await request.text(), matched: matchOperation(world, method, path), headers }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

const seen = ({ method, path, matched, url, headers, text }: Incoming, actor: string) => ({
  method,
  path,
  route: path === '/graphql' ? `${method} /graphql` : (matched?.operation.route ?? ''),
  query: Object.fromEntries(new URL(url).searchParams),
  headers: Object.fromEntries([...headers].filter(([name]) => !secret.has(name))),
  body: parsed(text),
  status: 0,
  actor,
})

/** The refusal as GitHub writes it; anything else that was thrown is a fault of the simulator's own. */
function refused(world: World, error: unknown, docs: string | undefined): Answer {
  if (!(error instanceof Refusal)) {
    return { status: 500, body: { message: error instanceof Error ? error.message : String(error), status: '500' } }
  }
  const documentation_url = `${world.urls.docs}/rest${docs ? `/${docs}` : ''}`
  const body = { message: error.message, documentation_url, ...error.body, status: String(error.status) }
  return { status: error.status, body, headers: error.headers }
}

function tokenHeaders(actor: Actor | undefined): Record<string, string> {
  if (actor?.kind === 'classic') return { 'X-OAuth-Scopes': actor.scopes.join(', ') }
  if (actor?.kind !== 'fine-grained') return {}
  const expiry = new Date(actor.expiresAt).toISOString()
  return { 'github-authentication-token-expiration': `${expiry.slice(0, 10)} ${expiry.slice(11, 19)} UTC` }
}

const commonHeaders = ({ flavour }: World): Record<string, string> => ({
  'Content-Type': 'application/json; charset=utf-8',
  'X-GitHub-Media-Type': 'github.v3; format=json',
  'X-GitHub-Request-Id': randomBytes(16).toString('hex').toUpperCase(),
  ...(flavour === 'ghes' && { 'X-GitHub-Enterprise-Version': enterpriseVersion }),
})

const etag = (text: string): string => `W/"${createHash('sha256').update(text).digest('hex')}"`

/** A body that the caller has already is not sent again. */
function toResponse(answer: Answer, headers: Record<string, string>, { method, headers: asked }: Incoming): Response {
  const all = { ...headers, ...answer.headers }
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers: all })
  const text = JSON.stringify(answer.body)
  if (method !== 'GET' || answer.status !== 200) return new Response(text, { status: answer.status, headers: all })
  const tag = etag(text)
  const known = asked.get('if-none-match')?.split(/,\s*/).includes(tag)
  return new Response(known ? null : text, { status: known ? 304 : 200, headers: { ...all, ETag: tag } })
}

const free = new Set(['GET /rate_limit', 'GET /meta'])

/** Answers one request after another, as GitHub does. */
export function createHandler({ world, meter, requests, judged, onRequest }: HandlerOptions) {
  const judge = async (request: SeenRequest) => {
    try {
      await onRequest?.(request)
    } catch (error) {
      judged.push(error instanceof Error ? error : new Error(String(error)))
      throw error
    }
  }
  const authenticate = (incoming: Incoming): { actor?: Actor; problem?: unknown } => {
    try {
      return { actor: actorOf(world, incoming.headers.get('authorization') ?? undefined) }
    } catch (problem) {
      return { problem }
    }
  }
  const answer = async (incoming: Incoming, actor: Actor): Promise<Answer> => {
    const graphql = incoming.path === '/graphql'
    const budget = meter?.look(actor, graphql ? 'graphql' : 'core')
    if (graphql) return answerGraphql(world, actor, incoming, budget)
    if (budget?.remaining === 0 && !free.has(incoming.matched?.operation.route ?? '')) {
      throw rateLimitExceeded(world, actor)
    }
    if (incoming.matched?.operation.route === 'GET /rate_limit') return rateLimits(meter, actor)
    return answerRest(world, actor, incoming.matched, incoming)
  }
  const spend = (incoming: Incoming, actor: Actor | undefined, status: number): Budget | undefined => {
    if (!actor || !meter) return undefined
    const graphql = incoming.path === '/graphql'
    const costs = status !== 304 && !free.has(incoming.matched?.operation.route ?? '')
    return meter.take(actor, graphql ? 'graphql' : 'core', costs ? 1 : 0)
  }

  return async (request: Request): Promise<Response> => {
    const incoming = await understand(world, request)
    const { actor, problem } = authenticate(incoming)
    const entry = seen(incoming, actor ? actorName(actor) : 'refused')
    requests.push(entry)
    let result: Answer
    try {
      await judge(entry)
      if (!actor) throw problem
      result = await answer(incoming, actor)
    } catch (error) {
      result = refused(world, error, actor && incoming.matched?.operation.docs)
    }
    const guard = actor && incoming.matched ? guardHeaders(incoming.matched, actor) : {}
    const response = toResponse(result, { ...commonHeaders(world), ...tokenHeaders(actor), ...guard }, incoming)
    entry.status = response.status
    const budget = spend(incoming, actor, response.status)
    for (const [name, value] of Object.entries(budget ? budgetHeaders(budget) : {})) response.headers.set(name, value)
    return response
  }
}

function rateLimits(meter: Meter | undefined, actor: Actor): Answer {
  if (!meter) throw new Refusal(404, 'Rate limiting is not enabled.')
  const core = plain(meter.look(actor, 'core'))
  const graphql = plain(meter.look(actor, 'graphql'))
  const search = { limit: 30, used: 0, remaining: 30, reset: core.reset }
  return { status: 200, body: { resources: { core, search, graphql }, rate: core } }
}

const plain = ({ limit, used, remaining, reset }: Budget) => ({ limit, used, remaining, reset })
