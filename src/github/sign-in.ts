import { z } from 'zod'
import type { GitHubAccount, GitHubSignIn } from '../model/github-sign-in.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { htmlUrlOf } from './permission-pages.ts'
import { type TransportOptions, transport } from './transport.ts'

export interface GitHubSignInOptions extends TransportOptions {
  readonly clientId: string
  readonly clientSecret: string
}

const tokenAnswer = z.union([
  z.object({ access_token: z.string().min(1) }),
  z.object({ error: z.string(), error_description: z.string().optional() }),
])

const userAnswer = z.object({ id: z.int(), login: z.string().min(1) })

/**
 * The web application flow of a GitHub App, with PKCE, which servers that know nothing of it leave aside
 * (https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app).
 */
export function githubSignIn({ clientId, clientSecret, ...options }: GitHubSignInOptions): GitHubSignIn {
  const htmlUrl = htmlUrlOf(options.apiUrl)
  const { send } = transport(options)
  const fetch = guardedFetch(
    new URL(htmlUrl).origin,
    options.timeoutMs ?? 10_000,
    options.fetch ?? ((...args) => globalThis.fetch(...args)),
  )
  const exchange = async (sent: Readonly<Record<string, string>>): Promise<string> => {
    const response = await fetch(`${htmlUrl}/login/oauth/access_token`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': `guardpost/${options.version}`,
      },
      body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...sent }).toString(),
    })
    const said = tokenAnswer.safeParse(await response.json().catch(() => null))
    if (!said.success) throw new Error(`GitHub answered the code with ${response.status} and no token.`)
    if ('access_token' in said.data) return said.data.access_token
    throw new Error(inWords(said.data.error))
  }
  const askUser = async (token: string): Promise<GitHubAccount> => {
    const sent = await send({ method: 'GET', path: '/user', parameters: {} }, `token ${token}`, null)
    const user = userAnswer.safeParse('answer' in sent && sent.answer.status === 200 ? sent.answer.data : null)
    if (!user.success) throw new Error('GitHub did not say whose token it gave.')
    return { githubId: user.data.id, login: user.data.login }
  }
  return {
    authorizeUrl: ({ state, challenge, redirectUri }) => {
      const url = new URL(`${htmlUrl}/login/oauth/authorize`)
      const query = { client_id: clientId, redirect_uri: redirectUri, state, allow_signup: 'false' }
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      url.searchParams.set('code_challenge', challenge)
      url.searchParams.set('code_challenge_method', 'S256')
      return url.href
    },
    identify: async ({ code, verifier, redirectUri }) =>
      askUser(await exchange({ code, redirect_uri: redirectUri, code_verifier: verifier })),
  }
}

/** Only GitHub's own names for errors are repeated: whatever else stands in an answer may be anything. */
function inWords(error: string): string {
  if (error === 'incorrect_client_credentials')
    return 'GitHub does not take GITHUB_CLIENT_ID with GITHUB_CLIENT_SECRET: compare both with the App’s settings page.'
  if (error === 'redirect_uri_mismatch')
    return 'GitHub does not know our callback address: name it on the App’s settings page.'
  return error === 'bad_verification_code'
    ? 'GitHub does not take the code: it was used, or is too old.'
    : 'GitHub refused the code.'
}
