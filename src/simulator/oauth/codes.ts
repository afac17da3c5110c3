import { randomBytes } from 'node:crypto'
import type { App } from '../app.ts'
import type { User } from '../user.ts'

/** What a person permitted, until the App fetches it. */
interface Permit {
  readonly app: App
  readonly user: User
  readonly redirectUri: string
  /** Null: without PKCE. */
  readonly challenge: string | null
}

/** https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps: 10 minutes. */
const life = 10 * 60 * 1000

/** Temporary codes, each good for one token. */
export interface Codes {
  give(permit: Permit): string
  /** What the code stands for; it is worth nothing from now on. */
  take(code: string): Permit | undefined
}

export function createCodes(now: () => number): Codes {
  const given = new Map<string, Permit & { until: number }>()
  return {
    give(permit) {
      const code = randomBytes(10).toString('hex')
      given.set(code, { ...permit, until: now() + life })
      return code
    },
    take(code) {
      const permit = given.get(code)
      given.delete(code)
      return permit && permit.until > now() ? permit : undefined
    },
  }
}
