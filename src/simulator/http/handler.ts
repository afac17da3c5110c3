import type { ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type ApiFault, strikesBefore } from '../faults/api-fault.ts'
import type { FaultSource } from '../faults/faults.ts'
import { spoil } from '../faults/spoil.ts'
import { answerGraphql } from '../graphql/answer.ts'
import { type Budget, budgetHeaders } from '../limits/budget.ts'
import type { Limits, Visit } from '../limits/limits.ts'
import type { LimitOptions } from '../limits/options.ts'
import { limitRefusal, type Refused } from '../limits/refusals.ts'
import { restKind } from '../limits/request-kind.ts'
import type { Wait } from '../limits/waits.ts'
import type { Pauses } from '../pauses.ts'
import type { World } from '../world.ts'
import { type Actor, actorName, actorOf } from './actor.ts'
import { type Incoming, seen, understand } from './incoming.ts'
import type { Answer } from './operation.ts'
import { Refusal } from './refusal.ts'
import { commonHeaders, cutOff, newRequestId, refused, tokenHeaders, toResponse } from './respond.ts'
import { answerRest, guardHeaders } from './rest.ts'
import type { SeenRequest } from './seen-request.ts'

export interface HandlerOptions {
  readonly world: World
  readonly limits: Limits
  readonly limitOptions: LimitOptions
  readonly faults: FaultSource
  readonly pauses: Pauses
  readonly requests: SeenRequest[]
  /** What the judge threw. */
  readonly judged: Error[]
  readonly onRequest: ((request: SeenRequest) => void | Promise<void>) | undefined
}

/** A request whose caller is known. */
interface Known {
  readonly actor: Actor
  readonly visit: Visit
}

interface Asked {
  readonly incoming: Incoming
  readonly requestId: string
  readonly graphql: boolean
  /** Nothing when the credentials are no good. */
  readonly known: Known | undefined
  /** What is wrong with the credentials. */
  readonly problem: unknown
}

/** https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api#user-agent-required */
const noUserAgent =
  '\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). Check https://developer.github.com for other possible causes.\r\n'

/** Answers one request after another, as GitHub does. */
export function createHandler(options: HandlerOptions) {
  const { world, limits, faults, requests } = options
  const authenticate = (headers: Headers): Pick<Asked, 'known' | 'problem'> => {
    try {
      const actor = actorOf(world, headers.get('authorization') ?? undefined)
      return { known: { actor, visit: limits.arrive(actor) }, problem: undefined }
    } catch (problem) {
      return { known: undefined, problem }
    }
  }
  return async (request: Request, outgoing: ServerResponse): Promise<Response> => {
    const { known, problem } = authenticate(request.headers)
    if (known) outgoing.once('close', known.visit.leave)
    const incoming = await understand(world, request)
    const asked = { incoming, requestId: newRequestId(), graphql: incoming.path === '/graphql', known, problem }
    const entry = seen(incoming, known ? actorName(known.actor) : 'refused')
    requests.push(entry)
    const fault = faults.api.strike(entry)
    const { answer, early } = await judgedAnswer(options, asked, entry, fault)
    const response = answer && toResponse(answer, headersOf(world, asked, early), incoming)
    if (response?.status === 304 && known?.actor.kind !== 'anonymous') known?.visit.refund()
    setBudget(response, early ? undefined : known?.visit.budget(budgetOf(asked)))
    if (response && fault?.kind !== 'cut') {
      entry.status = response.status
      return response
    }
    await cutOff(outgoing, response)
    return RESPONSE_ALREADY_SENT
  }
}

const budgetOf = ({ graphql, incoming }: Asked) =>
  graphql ? 'graphql' : restKind(incoming.method, incoming.matched?.operation.route ?? '').resource

/** `early`: said by something in front of GitHub's application. Without an answer GitHub says nothing at all. */
interface Outcome {
  readonly answer: Answer | undefined
  readonly early: boolean
}

async function judgedAnswer(
  options: HandlerOptions,
  asked: Asked,
  entry: SeenRequest,
  fault: ApiFault | undefined,
): Promise<Outcome> {
  try {
    await options.onRequest?.(entry)
  } catch (error) {
    options.judged.push(error instanceof Error ? error : new Error(String(error)))
    return { answer: refused(options.world, error, undefined), early: false }
  }
  if (!asked.incoming.headers.get('user-agent')) return { answer: { status: 403, html: noUserAgent }, early: true }
  if (!fault) return { answer: await answerTo(options, asked), early: false }
  return faultyAnswer(options, asked, fault)
}

async function faultyAnswer(options: HandlerOptions, asked: Asked, fault: ApiFault): Promise<Outcome> {
  const { faults, pauses } = options
  const before = strikesBefore(fault, faults.random)
  if (fault.kind === 'slow') {
    if (before) await pauses.pause(fault.ms)
    const answer = await answerTo(options, asked)
    if (!before) await pauses.pause(fault.ms)
    return { answer, early: false }
  }
  if (fault.kind === 'tooMany') {
    const wait = asked.known?.visit.impose(fault.seconds * 1000)
    return { answer: wait ? overLimit(options, asked, wait) : await answerTo(options, asked), early: false }
  }
  const answer = before ? undefined : await answerTo(options, asked)
  if (fault.kind === 'cut') return { answer, early: before }
  const { graphql, requestId } = asked
  const early = ['status', 'html', 'empty'].includes(fault.kind)
  return { answer: spoil(fault, answer, { graphql, requestId, random: faults.random }), early }
}

async function answerTo(options: HandlerOptions, asked: Asked): Promise<Answer> {
  const { world } = options
  const { incoming, known, problem } = asked
  try {
    if (!known) throw problem
    return asked.graphql ? await graphqlAnswer(options, asked, known) : await restAnswer(options, asked, known)
  } catch (error) {
    return refused(world, error, known && incoming.matched?.operation.docs)
  }
}

function graphqlAnswer(options: HandlerOptions, asked: Asked, { actor, visit }: Known): Promise<Answer> {
  const refusedBy = (wait: Wait) => limitRefusal(refusedRequest(options, asked, actor), wait, options.limitOptions)
  return answerGraphql(options.world, actor, asked.incoming, { visit, refusedBy })
}

async function restAnswer(options: HandlerOptions, asked: Asked, { actor, visit }: Known): Promise<Answer> {
  const { incoming } = asked
  const route = incoming.matched?.operation.route ?? ''
  const kind = restKind(incoming.method, route)
  const wait = visit.admit(kind) ?? (kind.free ? undefined : visit.spend(kind.resource, 1))
  if (wait) return overLimit(options, asked, wait)
  if (route === 'GET /rate_limit') return rateLimits(visit)
  return answerRest(options.world, actor, incoming.matched, incoming)
}

const refusedRequest = ({ world }: HandlerOptions, { requestId, graphql }: Asked, actor: Actor): Refused => ({
  world,
  actor,
  requestId,
  graphql,
})

function overLimit(options: HandlerOptions, asked: Asked, wait: Wait): Answer {
  const actor = asked.known?.actor ?? { kind: 'anonymous' }
  return refused(
    options.world,
    limitRefusal(refusedRequest(options, asked, actor), wait, options.limitOptions),
    undefined,
  )
}

function headersOf(world: World, { incoming, requestId, known }: Asked, early: boolean): Record<string, string> {
  const common = commonHeaders(world, requestId)
  if (early || !known) return common
  const guard = incoming.matched ? guardHeaders(incoming.matched, known.actor) : {}
  return { ...common, ...tokenHeaders(known.actor), ...guard }
}

function setBudget(response: Response | undefined, budget: Budget | undefined): void {
  if (!response || !budget) return
  for (const [name, value] of Object.entries(budgetHeaders(budget))) response.headers.set(name, value)
}

function rateLimits({ budget }: Visit): Answer {
  const [core, graphql] = [budget('core'), budget('graphql')]
  if (!core || !graphql) throw new Refusal(404, 'Rate limiting is not enabled.')
  const search = { limit: 30, used: 0, remaining: 30, reset: core.reset }
  return { status: 200, body: { resources: { core: plain(core), search, graphql: plain(graphql) }, rate: plain(core) } }
}

const plain = ({ limit, used, remaining, reset }: Budget) => ({ limit, used, remaining, reset })
