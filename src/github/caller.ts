import type { Clock } from '../model/clock.ts'
import type { Connection } from '../model/connection.ts'
import type { GitHubCall } from '../model/control.ts'
import { type Answer, Refusal } from '../model/github.ts'
import { type Credential, type CredentialSource, worthRenewing } from './credentials.ts'
import { diagnose } from './diagnosis.ts'
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

/** For whom and what for calls are made. */
export interface CallerPurpose {
  /** Null for the App itself. */
  readonly connection: Connection | null
  readonly purpose: string
  readonly source: CredentialSource
  /** Every call made is added here. */
  readonly calls: GitHubCall[]
  /** What GitHub says of the App and the installation, where the diagnosis of this refusal needs it. */
  readonly standing: (facts: RefusalFacts, credential: Credential, call: string) => Promise<Standing | null>
}

/** Makes a call and gives the answer, or throws a `Refusal` with its diagnosis. */
export type Caller = (request: CallRequest) => Promise<Answer<unknown>>

type Outcome = { readonly answer: Answer<unknown> } | { readonly facts: RefusalFacts }

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
    throw await refusal(surroundings, purpose, request, last.facts, fresh ?? used)
  }
}

async function attempt(
  { transport, log, clock }: CallerSurroundings,
  { connection, purpose, calls }: CallerPurpose,
  request: CallRequest,
  { authorization, secret }: Credential,
): Promise<Outcome> {
  const at = clock()
  const sent = await transport.send(request, authorization)
  if ('notSent' in sent) return { facts: unsentFacts(notSent, sent.notSent) }
  const answer = 'answer' in sent ? sent.answer : null
  const call: GitHubCall = {
    method: request.method,
    path: request.recordedAs ?? transport.filledIn(request),
    status: answer?.status ?? null,
    requestId: answer?.headers['x-github-request-id'] ?? null,
    at,
    durationMs: clock() - at,
  }
  calls.push(call)
  const { method, path, status, requestId, durationMs: ms } = call
  log.debug({ connection: connection?.id ?? null, purpose, method, path, status, requestId, ms }, 'GitHub call')
  return 'failure' in sent ? { facts: unansweredFacts(sent.failure, [secret]) } : judged(request, sent.answer, secret)
}

function judged(request: CallRequest, answer: Answer<unknown>, secret: string): Outcome {
  const { status, headers, data } = answer
  const facts =
    status >= 200 && status < 300
      ? (request.refusal?.(answer, [secret]) ?? null)
      : restFacts(status, headers, data, [secret])
  return facts ? { facts } : { answer }
}

async function refusal(
  { htmlUrl, clock }: CallerSurroundings,
  { connection, standing }: CallerPurpose,
  { name }: CallRequest,
  facts: RefusalFacts,
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
  return new Refusal(diagnosis, facts.status, retryAt)
}
