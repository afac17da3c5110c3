import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Log } from '../../engine/means.ts'
import { WrongPolicy } from '../../engine/wrong-policy.ts'
import { problem as shape } from './shapes/page.ts'

const titles = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  422: 'Cannot be done as it was asked',
  429: 'Too many',
  500: 'Internal error',
  503: 'Not now',
} as const

type ProblemStatus = keyof typeof titles

export interface Fault {
  /** JSON pointer (RFC 6901) into what was sent. */
  readonly pointer: string
  readonly detail: string
}

/** What went wrong, in words for whoever asked. Thrown anywhere below the API, answered as problem details (RFC 9457). */
export class Problem extends Error {
  readonly status: ProblemStatus
  readonly errors: readonly Fault[]

  constructor(status: ProblemStatus, detail: string, errors: readonly Fault[] = []) {
    super(detail)
    this.status = status
    this.errors = errors
  }
}

/** What is not there, and what may not be seen, are answered alike. */
export const notFound = (what = 'this'): Problem =>
  new Problem(404, `There is no ${what}, or it is not for you to see. The list it belongs to shows what is.`)

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** What zod found wrong with a part of the request. */
export function unfit(target: string, issues: readonly z.core.$ZodIssue[]): Problem {
  if (target === 'param') return notFound()
  const errors = issues.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message }))
  const first = errors[0]
  const said = first ? `${first.pointer.slice(1).replaceAll('/', '.') || 'It'}: ${first.detail}.` : ''
  return target === 'json'
    ? new Problem(422, `What was sent does not fit. ${said} See /api/v1/openapi.json.`, errors)
    : new Problem(400, `The address does not fit. ${said} See /api/v1/openapi.json.`, errors)
}

/** One part of what was sent is wrong. */
export const unfitPart = (part: string, detail: string): Problem =>
  new Problem(422, detail, [{ pointer: `/${part}`, detail }])

/** For `catch`: what was asked of the engine was wrong. */
export const refusedAsWrong = (error: unknown): never => {
  throw error instanceof WrongPolicy ? unfitPart(error.part, error.message) : error
}

/** Answers an error. What is no `Problem` is a fault of ours: it is logged, and told no more than that. */
export const answerProblem =
  (log: Log) =>
  (error: Error, context: Context): Response => {
    const problem = asProblem(error)
    if (problem.status === 500) log.error({ err: error, path: context.req.path }, 'A request of the API failed')
    const { status, message, errors } = problem
    const body: z.infer<typeof shape> = {
      type: 'about:blank',
      title: titles[status],
      status,
      detail: message,
      ...(errors.length > 0 && { errors: [...errors] }),
    }
    return context.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' })
  }

function asProblem(error: Error): Problem {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException && error.status === 413)
    return new Problem(413, 'No more than 256 KiB are taken in one request.')
  if (error instanceof HTTPException && error.status < 500)
    return new Problem(400, 'What was sent cannot be read: it must be JSON, sent as application/json.')
  return new Problem(500, 'Guardpost failed to answer this; its log says why. Please report it.')
}

const content = { 'application/problem+json': { schema: shape } }

/** The answers that any endpoint may give besides its own. */
export const problems = {
  400: { description: 'The address does not fit, or the filter cannot be read.', content },
  401: { description: 'Nobody is signed in.', content },
  404: { description: 'It is not there, or not for the caller to see.', content },
}

/** Those of an endpoint that changes something. */
export const writeProblems = {
  ...problems,
  403: { description: 'The role is not enough; the detail says which one is needed where.', content },
  413: { description: 'The body is too large.', content },
  422: { description: 'What was sent does not fit; `errors` says which parts.', content },
}

/** That of an endpoint whose caller must have seen the newest state. */
export const conflict = { 409: { description: 'It is not as it was when it was looked at.', content } }
