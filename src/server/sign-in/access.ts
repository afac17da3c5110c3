import { Hono, type MiddlewareHandler } from 'hono'
import type { Log } from '../../engine/means.ts'
import type { Person } from '../../model/access.ts'
import type { Clock } from '../../model/clock.ts'
import type { GitHubClients } from '../../model/github.ts'
import type { GitHubSignIn } from '../../model/github-sign-in.ts'
import type { Store } from '../../model/store.ts'
import { accessApi } from '../api/access.ts'
import { type ApiEnv, sourceOf, type VisitorOf } from '../api/visitor.ts'
import { githubPages, githubSignInPath } from './github-pages.ts'
import { githubRoles } from './github-roles.ts'
import { guard } from './guard.ts'
import { hostCookie } from './host-cookie.ts'
import { openSessions } from './open-sessions.ts'
import { passwordCheck } from './password-check.ts'
import { personHoldings } from './person-holdings.ts'
import { securityHeaders } from './security-headers.ts'

export interface AccessMeans {
  readonly store: Store
  readonly clients: Pick<GitHubClients, 'readerFor'>
  readonly clock: Clock
  readonly log: Log
  /** Where we are reached, without a slash at the end. */
  readonly url: string
  /** Null: sign-in with GitHub is not set up. */
  readonly github: GitHubSignIn | null
}

/** Who comes in, and what they may. */
export interface Access {
  /** What browsers are told on every page. */
  readonly headers: MiddlewareHandler
  /** Stands before everything at `/api/v1`. */
  readonly guard: MiddlewareHandler
  /** Sessions, people and grants, to be mounted at `/api/v1` before what else is there. */
  readonly api: ReturnType<typeof accessApi>
  /** The pages of sign-in with GitHub. */
  readonly web: Hono<ApiEnv>
  /** Who asks, looked up afresh each time; null: nobody who is signed in, or not with a password of their own yet. */
  readonly visitorOf: VisitorOf
}

export function createAccess({ store, clients, clock, log, url, github }: AccessMeans): Access {
  const sessions = openSessions({ store, clock, cookie: hostCookie('guardpost', url) })
  const roles = githubRoles({ store, clients, clock, log })
  const holdingsOf = (person: Person) => personHoldings(store, roles, person)
  return {
    headers: securityHeaders(url),
    guard: guard(sessions, url, log),
    api: accessApi({
      store,
      clock,
      log,
      sessions,
      isPasswordOf: passwordCheck({ store, clock, log }),
      holdingsOf,
      githubSignIn: github && githubSignInPath,
    }),
    web: github ? githubPages({ store, clock, log, url, github, roles, sessions }) : new Hono<ApiEnv>(),
    visitorOf: async (context) => {
      const asker = await sessions.current(context)
      if (!asker || asker.person.mustChangePassword) return null
      const { person } = asker
      return { personId: person.id, login: person.login, holdings: await holdingsOf(person), source: sourceOf(context) }
    },
  }
}
