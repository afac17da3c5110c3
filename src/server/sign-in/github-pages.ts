import { createHash, createHmac, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import type { Log } from '../../engine/means.ts'
import type { Person } from '../../model/access.ts'
import type { Clock } from '../../model/clock.ts'
import type { GitHubAccount, GitHubSignIn } from '../../model/github-sign-in.ts'
import type { Store } from '../../model/store.ts'
import type { ApiEnv } from '../api/visitor.ts'
import { addressOf } from './address.ts'
import { attempts } from './attempts.ts'
import type { GitHubRoles } from './github-roles.ts'
import { hostCookie } from './host-cookie.ts'
import type { OpenSessions } from './open-sessions.ts'
import { isSame } from './same.ts'
import { toldPage } from './told-page.ts'

export interface GitHubPagesMeans {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly url: string
  readonly github: GitHubSignIn
  readonly roles: GitHubRoles
  readonly sessions: Pick<OpenSessions, 'begin'>
}

export const githubSignInPath = '/sign-in/github'
export const githubCallbackPath = `${githubSignInPath}/callback`

/** How long a code of GitHub's is good for, in seconds: no longer may it take. */
const patience = 600

/** Sign-in with GitHub: to its page, and back from there. The cookie between binds both to one browser. */
export function githubPages({ store, clock, log, url, github, roles, sessions }: GitHubPagesMeans) {
  const cookie = hostCookie('guardpost-sign-in', url, patience)
  const redirectUri = `${url}${githubCallbackPath}`
  const tries = attempts(clock)
  const app = new Hono<ApiEnv>()
  app.use(`${githubSignInPath}/*`, async (context, next) => {
    context.header('cache-control', 'no-store')
    await next()
  })

  app.get(githubSignInPath, (context) => {
    const secret = randomBytes(32).toString('base64url')
    const to = Buffer.from(ownPath(context.req.query('to'), url)).toString('base64url')
    cookie.write(context, `${secret}.${to}`)
    const { state, challenge } = madeOf(secret)
    return context.redirect(github.authorizeUrl({ state, challenge, redirectUri }))
  })

  app.get(githubCallbackPath, async (context) => {
    const [secret = '', to = ''] = (cookie.read(context) ?? '').split('.')
    cookie.clear(context)
    const { state = '', code, error } = context.req.query()
    const address = addressOf(context.env.incoming)
    const own = madeOf(secret)
    if (!secret || !isSame(state, own.state)) {
      log.warn({ address }, 'Sign-in with GitHub refused: it was not begun in this browser')
      return toldPage(context, 400, 'Not signed in', notBegun)
    }
    if (error !== undefined || code === undefined) {
      log.warn({ address, denied: error === 'access_denied' }, 'Sign-in with GitHub refused: GitHub gave no code')
      return toldPage(context, 403, 'Not signed in', error === 'access_denied' ? denied : failed)
    }
    if (tries.take(address, null) !== null) return toldPage(context, 429, 'Not signed in', tooMany)
    const account = await github.identify({ code, verifier: own.verifier, redirectUri }).catch((error: unknown) => {
      log.warn({ err: error, address }, 'Sign-in with GitHub failed')
      return null
    })
    if (!account) return toldPage(context, 502, 'Not signed in', failed)
    const person = await admitted({ store, clock, roles }, account)
    if (!person) {
      log.warn({ address, login: account.login }, 'Sign-in with GitHub refused: no role here')
      return toldPage(context, 403, 'Nothing for you here yet', noRole(account.login))
    }
    tries.giveBack(address, null)
    const { session } = await sessions.begin(context, person)
    log.info({ person: person.login, session: session.id, address }, 'Signed in with GitHub')
    return context.redirect(ownPath(Buffer.from(to, 'base64url').toString(), url))
  })
  return app
}

const notBegun = 'This sign-in was not begun in this browser, or more than ten minutes ago. Sign in again.'
const denied = 'GitHub says that you did not permit it. Guardpost only asks who you are.'
const failed = 'GitHub did not confirm who you are. Sign in again; if it stays so, Guardpost’s log says why.'
const tooMany = 'There were too many tries from your address. Try again in a minute.'
const noRole = (login: string): string =>
  `You are ${login} on GitHub, own none of the organizations that are connected here, and nobody granted you a role. ` +
  'Ask somebody who is Owner here to add you.'

/** All comes from one secret, which only the cookie holds: what GitHub sees of it tells nothing of the rest. */
function madeOf(secret: string) {
  const part = (name: string) => createHmac('sha256', secret).update(name).digest('base64url')
  const verifier = part('verifier')
  return { state: part('state'), verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** An address of ours, without its origin; anything else is `/`. */
function ownPath(to: string | undefined, url: string): string {
  if (to === undefined || !/^\/[^/\\]/.test(to) || /^\/(api|sign-in)(\/|$)/.test(to)) return '/'
  const target = URL.parse(to, url)
  return target?.origin === new URL(url).origin ? `${target.pathname}${target.search}${target.hash}` : '/'
}

type Admitting = Pick<GitHubPagesMeans, 'store' | 'clock' | 'roles'>

/** The person of that account, made where it is the first time; null: nobody granted anything, and nothing is owned. */
async function admitted({ store, clock, roles }: Admitting, account: GitHubAccount): Promise<Person | null> {
  const owned = await roles.ownedNow(account)
  return store.transaction(async ({ people, grants }) => {
    const awaited = async () => (await people.named('github', account.login)).find(({ githubId }) => githubId === null)
    const known = (await people.byGitHubId(account.githubId)) ?? (await awaited())
    const holdsNothing = owned.length === 0 && (!known || (await grants.of([known.id])).length === 0)
    if (holdsNothing) return null
    if (known) {
      await people.setGitHub(known.id, account)
      return { ...known, ...account }
    }
    return people.make({ kind: 'github', ...account, password: null, mustChangePassword: false }, clock())
  })
}
