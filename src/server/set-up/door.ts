import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import type { Clock } from '../../model/clock.ts'
import { attempts } from '../sign-in/attempts.ts'
import { hostCookie } from '../sign-in/host-cookie.ts'
import { oneTimePassword } from '../sign-in/password.ts'
import { isSame } from '../sign-in/same.ts'

/** Lets one browser in: whoever reads the terminal has the code, and it works once. */
export interface Door {
  readonly code: string
  isOpen(context: Context): boolean
  /** Whether the code opened the door, for the browser that sent it. */
  open(context: Context, given: string): boolean
  /** A word that only whoever was let in can have sent round by GitHub. */
  readonly state: string
}

export function door(clock: Clock): Door {
  const cookie = hostCookie('guardpost-set-up', 'http:')
  const tries = attempts(clock)
  const secret = randomBytes(32).toString('base64url')
  const code = oneTimePassword()
  let isUsed = false
  return {
    code,
    state: randomBytes(16).toString('base64url'),
    isOpen: (context) => isUsed && isSame(cookie.read(context) ?? '', secret),
    open(context, given) {
      if (isUsed || tries.take('set-up', 'set-up') !== null || !isSame(given.trim(), code)) return false
      isUsed = true
      cookie.write(context, secret)
      return true
    },
  }
}
