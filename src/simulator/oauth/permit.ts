import type { App } from '../app.ts'
import type { User } from '../user.ts'

/** What a person permitted, until the App fetches it. */
export interface Permit {
  readonly app: App
  readonly user: User
  readonly redirectUri: string
  /** Null: without PKCE. */
  readonly challenge: string | null
}

/** https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps: 10 minutes. */
export const permitLife = 10 * 60 * 1000
