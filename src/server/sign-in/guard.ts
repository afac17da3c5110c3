import type { Context, MiddlewareHandler } from 'hono'
import type { Log } from '../../engine/means.ts'
import { answerProblem, Problem } from '../api/problem.ts'
import type { Asker, OpenSessions } from './open-sessions.ts'
import { isSame } from './same.ts'

const looking = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What whoever still has a one-time password may do: sign in and out, and change it. */
const beforeChange = /^(\/api\/v1)?\/(sign-in|session|password)$/

/** Signing in: there is no session yet whose token could be sent. */
const isSignIn = ({ req }: Context): boolean => req.method === 'POST' && /^(\/api\/v1)?\/session$/.test(req.path)

/**
 * Stands before all of the API: what changes something must come from our own pages, and by whoever is signed in; and a
 * one-time password must be changed before anything else.
 */
export function guard(sessions: Pick<OpenSessions, 'current'>, url: string, log: Log): MiddlewareHandler {
  const { origin } = new URL(url)
  return async (context, next) => {
    context.header('cache-control', 'no-store')
    const asker = await sessions.current(context)
    const refusal = whyNoChange(context, asker, origin) ?? whyNotYet(context, asker)
    if (refusal) return answerProblem(log)(refusal, context)
    return next()
  }
}

function whyNoChange(context: Context, asker: Asker | null, origin: string): Problem | null {
  const { req } = context
  if (looking.has(req.method)) return null
  const from = req.header('origin')
  const signsIn = isSignIn(context)
  if (from === undefined ? signsIn : from !== origin)
    return new Problem(
      403,
      `This came from ${from ?? 'nowhere (it has no header Origin)'}, and changes are taken from ${origin} only: open Guardpost there, or set GUARDPOST_URL to where it is.`,
    )
  const type = req.header('content-type')
  if ((signsIn || type !== undefined) && !isJson(type))
    return new Problem(400, 'What is sent must be JSON, with the header Content-Type: application/json.')
  if (signsIn) return null
  if (!asker) return new Problem(401, 'Nobody is signed in, or no longer. Sign in again.')
  if (isSame(req.header('x-csrf-token') ?? '', asker.csrfToken)) return null
  return new Problem(
    403,
    'The header X-CSRF-Token is missing, or not that of this session: GET /api/v1/session tells it.',
  )
}

const whyNotYet = ({ req }: Context, asker: Asker | null): Problem | null =>
  asker?.person.mustChangePassword && !beforeChange.test(req.path)
    ? new Problem(
        403,
        'The one-time password must be changed first: on the console, or by PUT /api/v1/password with “current” and “next”.',
      )
    : null

const isJson = (type: string | undefined): boolean => /^application\/json\s*(;|$)/i.test(type ?? '')
