import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Person, Session } from '../../model/access.ts'
import type { Clock } from '../../model/clock.ts'
import type { Store } from '../../model/store.ts'
import { Problem } from '../api/problem.ts'
import { addressOf } from './address.ts'
import type { HostCookie } from './host-cookie.ts'

/** Who asks, by a session that still holds. */
export interface Asker {
  readonly person: Person
  readonly session: Session
  /** Sent along with whatever changes something. */
  readonly csrfToken: string
}

/** Sessions as browsers hold them, in a cookie. */
export interface OpenSessions {
  /** Signs somebody in: a new cookie, and the session of the old one ended. */
  begin(context: Context, person: Person): Promise<Asker>
  /** Whose request it is; null: of nobody who is signed in. */
  current(context: Context): Promise<Asker | null>
  /** The same; throws the problem that nobody is. */
  needed(context: Context): Promise<Asker>
  /** When it ends if nobody uses it from now on, in milliseconds. */
  endOf(session: Session): number
  /** Signs out. */
  end(context: Context): Promise<void>
}

const hour = 3_600_000
/** A session ends when nobody used it for so long, … */
const idleLimit = 8 * hour
/** … and after so long in any case. In milliseconds. */
const ageLimit = 7 * 24 * hour
/** That a session is used is written down no more often. */
const seenEach = 60_000
const longestUserAgent = 300

interface Surroundings {
  readonly store: Pick<Store, 'people' | 'sessions'>
  readonly clock: Clock
  readonly cookie: HostCookie
}

export function openSessions({ store, clock, cookie }: Surroundings): OpenSessions {
  const find = async (token: string) => {
    const session = await store.sessions.byHash(digest(token))
    if (!session) return null
    const now = clock()
    if (endOf(session) <= now) {
      await store.sessions.end(session.id)
      return null
    }
    return session
  }
  const current = async (context: Context): Promise<Asker | null> => {
    const token = cookie.read(context)
    const session = token && (await find(token))
    const person = session && (await store.people.get(session.personId))
    if (!person) return null
    const now = clock()
    if (now - session.lastSeenAt >= seenEach) {
      await store.sessions.setSeen(session.id, now)
      await store.people.setSeen(person.id, now)
    }
    return { person, session, csrfToken: csrfTokenOf(token) }
  }
  return {
    async begin(context, person) {
      const now = clock()
      const token = randomBytes(32).toString('base64url')
      const old = cookie.read(context)
      const before = old && (await find(old))
      if (before) await store.sessions.end(before.id)
      await store.sessions.prune(now, now - idleLimit)
      const { incoming } = context.env as HttpBindings
      const session = await store.sessions.begin({
        hash: digest(token),
        personId: person.id,
        address: addressOf(incoming),
        userAgent: (incoming.headers['user-agent'] ?? '').slice(0, longestUserAgent),
        startedAt: now,
        expiresAt: now + ageLimit,
      })
      await store.people.setSeen(person.id, now)
      cookie.write(context, token)
      return { person, session, csrfToken: csrfTokenOf(token) }
    },
    current,
    async needed(context) {
      const asker = await current(context)
      if (asker) return asker
      throw new Problem(401, 'Nobody is signed in, or no longer. Sign in again.')
    },
    endOf,
    async end(context) {
      const token = cookie.read(context)
      const session = token && (await find(token))
      if (session) await store.sessions.end(session.id)
      cookie.clear(context)
    },
  }
}

const endOf = ({ expiresAt, lastSeenAt }: Session): number => Math.min(expiresAt, lastSeenAt + idleLimit)

const digest = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Bound to the session, and useless for finding out its id. */
const csrfTokenOf = (token: string): string => createHmac('sha256', token).update('csrf').digest('base64url')
