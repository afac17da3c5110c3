import type { Clock } from '../model/clock.ts'
import type { Connection } from '../model/connection.ts'
import type { GitHubCall } from '../model/control.ts'
import { type Answer, type Purpose, Refusal } from '../model/github.ts'
import { sendConditionally } from './conditional.ts'
import { type Credential, type CredentialSource, worthRenewing } from './credentials.ts'
import { diagnose } from './diagnosis.ts'
import type { KeptAnswers } from './kept-answers.ts'
import type { Gate, Hold } from './limits/gate.ts'
import { costOf } from './limits/request-cost.ts'
import { notSent, type RefusalFacts, restFacts, unansweredFacts, unsentFacts } from './refusal-facts.ts'
import type { Standing } from './refusals/row.ts'
import type { HttpRequest, Log, Transport } from './transport.ts'

/** One call: a request, its name in records and diagnoses, and whether a success is one after all (GraphQL). */
interface CallRequest extends HttpRequest {
  /** E.g. `GET /orgs/{org}/hooks`. */
  readonly name: string
  /** In the record of calls, instead of the path. */
  readonly recordedAs?: string
  readonly refusal?: (answer: Answer<unknown>, secrets: readonly string[]) => RefusalFacts | null
}

/** What callers share with each other. */
export interface CallerSurroundings {
  readonly transport: Transport
  readonly htmlUrl: string
  readonly log: Log
  readonly clock: Clock
}

/** What all calls of one credential share. */
export interface Turns {
  readonly gate: Gate
  readonly kept: KeptAnswers
}

/** For whom and what for calls are made. */
export interface CallerPurpose {
  /** Null for the App itself. */
  readonly connection: Connection | null
  readonly purpose: Purpose
  readonly source: CredentialSource
  readonly turns: Turns
  /** Every call made is added here. */
  readonly calls: GitHubCall[]
  /** What GitHub says of the App and the installation, where the diagnosis of this refusal needs it. */
  readonly standing: (facts: RefusalFacts, credential: Credential, call: string) => Promise<Standing | null>
}

/** Makes a call and gives the answer, or throws a `Refusal` with its diagnosis. */
export type Caller = (request: CallRequest) => Promise<Answer<unknown>>

type Outcome =
  | { readonly answer: Answer<unknown> }
  /** `retryAt`: where a limit of GitHub's refused, when to ask again in milliseconds. */
  | { readonly facts: RefusalFacts; readonly retryAt: number | null }

export function caller(surroundings: CallerSurroundings, purpose: CallerPurpose): Caller {
  const { clock } = surroundings
  const { source } = purpose
  return async (request) => {
    const used = await source.current()
    const first = await attempt(surroundings, purpose, request, used)
    if ('answer' in first) return first.answer
    const fresh = worthRenewing(first.facts, used, clock()) ? await source.renewed(used) : null
    const last = fresh ? await attempt(surroundings, purpose, request, fresh) : first
    if ('answer' in last) return last.answer
    throw await refusal(surroundings, purpose, request, last, fresh ?? used)
  }
}

async function attempt(
  { transport, log, clock }: CallerSurroundings,
  { connection, purpose, calls, turns: { gate, kept } }: CallerPurpose,
  request: CallRequest,
  { authorization, secret }: Credential,
): Promise<Outcome> {
  const cost = costOf(request)
  const pass = await gate.enter(cost, purpose.kind)
  if ('until' in pass) throw putOff(request, pass)
  if (cost.isWrite && purpose.beforeWrite)
    await purpose.beforeWrite().catch((error: unknown) => {
      pass.leave(null)
      throw error
    })
  const at = clock()
  const { sent, status } = await sendConditionally(transport, kept, request, authorization)
  if ('notSent' in sent) {
    pass.leave(null)
    return { facts: unsentFacts(notSent, sent.notSent), retryAt: null }
  }
  const headers = 'answer' in sent ? sent.answer.headers : {}
  const facts = 'answer' in sent ? factsOf(request, sent.answer, secret) : null
  const call: GitHubCall = {
    method: request.method,
    path: request.recordedAs ?? transport.filledIn(request),
    status,
    ...(facts?.status === 200 && { isRefused: true }),
    requestId: headers['x-github-request-id'] ?? null,
    at,
    durationMs: clock() - at,
  }
  calls.push(call)
  const { method, path, requestId, durationMs: ms } = call
  const about = { connection: connection?.id ?? null, purpose: purpose.name, method, path, status, requestId, ms }
  log.debug(about, 'GitHub call')
  if ('failure' in sent) return { facts: unansweredFacts(sent.failure, [secret]), retryAt: pass.leave(null) }
  const retryAt = pass.leave({ headers, facts })
  return facts ? { facts, retryAt } : sent
}

/** Null: the answer is no refusal. */
function factsOf(request: CallRequest, answer: Answer<unknown>, secret: string): RefusalFacts | null {
  const { status, headers, data } = answer
  if (status >= 200 && status < 300) return request.refusal?.(answer, [secret]) ?? null
  return restFacts(status, headers, data, [secret])
}

/** Our own refusal, so that none of GitHub's is needed. */
function putOff({ name }: CallRequest, { until, why }: Hold): Refusal {
  const reason = `${name} is put off until ${new Date(until).toISOString()} ${why}.`
  return new Refusal({ code: 'rate-limited', reason, call: name }, null, until)
}

async function refusal(
  { htmlUrl, clock }: CallerSurroundings,
  { connection, standing }: CallerPurpose,
  { name }: CallRequest,
  { facts, retryAt: notBefore }: Extract<Outcome, { facts: RefusalFacts }>,
  credential: Credential,
): Promise<Refusal> {
  const { diagnosis, retryAt } = diagnose(facts, {
    connection,
    credential: credential.kind,
    call: name,
    htmlUrl,
    standing: await standing(facts, credential, name),
    now: clock(),
  })
  return new Refusal(diagnosis, facts.status, notBefore ?? retryAt)
}
