import type { App } from '../app.ts'
import type { Codes } from '../codes.ts'
import type { User } from '../user.ts'
import { userNamed } from '../user.ts'
import { escaped, page } from '../web/page.ts'
import type { World } from '../world.ts'
import type { Permit } from './permit.ts'

export interface Asked {
  readonly app: App
  readonly redirectUri: string
  readonly state: string | undefined
  readonly challenge: string | null
}

/** What the page is asked with: what to show, or (as an address) where GitHub sends whoever asked wrongly; undefined: 404. */
export function asked(world: World, query: Readonly<Record<string, string>>): Asked | string | undefined {
  const app = [...world.apps.values()].find(({ clientId }) => clientId === query.client_id)
  const [first] = app?.callbackUrls ?? []
  if (!app || first === undefined) return undefined
  const redirectUri = query.redirect_uri ?? first
  const { state, code_challenge: challenge = null, code_challenge_method: method } = query
  if (!app.callbackUrls.includes(redirectUri)) {
    const description = 'The redirect_uri MUST match the registered callback URL for this application.'
    return sentBack(first, state, { error: 'redirect_uri_mismatch', error_description: description })
  }
  if (method !== undefined || challenge !== null) {
    const isRight = method === 'S256' && /^[\w-]{43}$/.test(challenge ?? '')
    const description = 'The code_challenge or its method is not supported.'
    if (!isRight) return sentBack(redirectUri, state, { error: 'invalid_request', error_description: description })
  }
  return { app, redirectUri, state, challenge }
}

/** What the person chose: where the browser goes. Nobody chosen: denied. */
export function decided(
  world: World,
  codes: Codes<Permit>,
  { app, redirectUri, state, challenge }: Asked,
  login: string,
) {
  if (login === '') {
    const error_description = 'The user has denied your application access.'
    return sentBack(redirectUri, state, { error: 'access_denied', error_description })
  }
  const user = userNamed(world, login)
  return sentBack(redirectUri, state, { code: codes.give({ app, user, redirectUri, challenge }) })
}

function sentBack(to: string, state: string | undefined, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(to)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  if (state !== undefined) url.searchParams.set('state', state)
  return url.href
}

/** Asks a person to permit the App to know who they are: who is at the browser is chosen by a button. */
export function authorizePage({ app }: Asked, users: readonly User[]): string {
  const people = users.filter(({ type }) => type === 'User')
  const button = ({ login }: User) =>
    `<p><button name="login" value="${escaped(login)}">Authorize as ${escaped(login)}</button></p>`
  return page(
    `Authorize ${app.name}`,
    `<p>This GitHub is simulated. ${escaped(app.name)} wants to verify your GitHub identity. Who are you?</p>
<form method="post">
${people.map(button).join('\n')}
<p><button name="login" value="">Cancel</button></p>
</form>`,
  )
}
