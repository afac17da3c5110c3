import type { Context } from 'hono'
import type { Log } from '../../engine/means.ts'
import type { Person } from '../../model/access.ts'
import type { Clock } from '../../model/clock.ts'
import type { Store } from '../../model/store.ts'
import { Problem } from '../api/problem.ts'
import { addressOf } from './address.ts'
import { attempts } from './attempts.ts'
import { isRight } from './password.ts'

/** Whether it is the password of the person who goes by that name; where there is none, it takes as long. Throws 429. */
export type PasswordCheck = (context: Context, claim: Claim) => Promise<boolean>

interface Claim {
  readonly login: string
  readonly person: Person | null
  readonly password: string
}

/** So many passwords may wait to be held against theirs: each takes a while of the one thread there is. */
const mostWaiting = 20

/** Checks passwords one after another, and not too many of them. */
export function passwordCheck({ store, clock, log }: { store: Store; clock: Clock; log: Log }): PasswordCheck {
  const tries = attempts(clock)
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    waiting += 1
    const turn = last.then(work)
    last = turn
      .catch(() => {})
      .finally(() => {
        waiting -= 1
      })
    return turn
  }
  return async (context, { login, person, password }) => {
    const address = addressOf(context.env.incoming)
    const wait = waiting >= mostWaiting ? 1_000 : tries.take(address, login)
    if (wait !== null) {
      log.warn({ address, login }, 'Sign-in refused: too many tries')
      const seconds = Math.ceil(wait / 1_000)
      context.header('retry-after', String(seconds))
      throw new Problem(429, `There were too many tries. Try again in ${seconds} s.`)
    }
    const hash = person && (await store.people.password(person.id))
    if (await inTurn(() => isRight(password, hash))) {
      tries.giveBack(address, login)
      return true
    }
    log.warn({ address, login }, 'Sign-in refused: wrong name or password')
    return false
  }
}
