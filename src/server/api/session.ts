import { createRoute } from '@hono/zod-openapi'
import type { Person } from '../../model/access.ts'
import type { Asker } from '../sign-in/open-sessions.ts'
import { hashed } from '../sign-in/password.ts'
import type { AccessApiMeans } from './access-means.ts'
import { withPlaces } from './places.ts'
import { Problem, problems, writeProblems } from './problem.ts'
import { found, routes, sent } from './routes.ts'
import { credentials, newPassword, session, waysToSignIn } from './shapes/session.ts'

const tooMany = { 429: { ...problems[401], description: 'Too many tries; `Retry-After` says when to try again.' } }

const ways = createRoute({
  method: 'get',
  path: '/sign-in',
  description: 'How one may sign in; for everybody.',
  responses: found(waysToSignIn, 'The ways'),
})

const signIn = createRoute({
  method: 'post',
  path: '/session',
  description: 'Signs in with a password. The session is in a cookie.',
  request: { body: sent(credentials) },
  responses: { ...found(session, 'Signed in'), ...writeProblems, ...tooMany },
})

const who = createRoute({
  method: 'get',
  path: '/session',
  description: 'Who is asking.',
  responses: { ...found(session, 'The session'), 401: problems[401] },
})

const signOut = createRoute({
  method: 'delete',
  path: '/session',
  description: 'Signs out.',
  responses: { 204: { description: 'Signed out' }, ...writeProblems },
})

const changePassword = createRoute({
  method: 'put',
  path: '/password',
  description: 'Changes one’s own password. All of one’s sessions end, and this one goes on as a new one.',
  request: { body: sent(newPassword) },
  responses: { ...found(session, 'The new session'), ...writeProblems, ...tooMany },
})

/** Signing in and out, and one’s own password. */
export function sessionApi({ store, log, sessions, isPasswordOf, holdingsOf, githubSignIn }: AccessApiMeans) {
  const tell = async ({ person, csrfToken }: Asker) => {
    const { id, kind, login, mustChangePassword } = person
    const holdings = await withPlaces(store, await holdingsOf(person))
    return { person: { id, kind, login, mustChangePassword }, holdings, csrfToken }
  }
  return routes()
    .openapi(ways, (context) => context.json({ password: true, github: githubSignIn }, 200))
    .openapi(signIn, async (context) => {
      const { login, password } = context.req.valid('json')
      const [person = null] = await store.people.named('local', login)
      const isRight = await isPasswordOf(context, { login, person, password })
      if (!isRight || !person) throw new Problem(401, wrong)
      const asker = await sessions.begin(context, person)
      const { id, address } = asker.session
      log.info({ person: person.login, session: id, address }, 'Signed in with a password')
      return context.json(await tell(asker), 200)
    })
    .openapi(who, async (context) => context.json(await tell(await sessions.needed(context)), 200))
    .openapi(signOut, async (context) => {
      const { person, session } = await sessions.needed(context)
      await sessions.end(context)
      log.info({ person: person.login, session: session.id }, 'Signed out')
      return context.body(null, 204)
    })
    .openapi(changePassword, async (context) => {
      const { person } = await sessions.needed(context)
      const { current, next } = context.req.valid('json')
      if (!(await isPasswordOf(context, { login: person.login, person, password: current })))
        throw new Problem(403, 'The present password is another one.')
      refuseWeak(person, current, next)
      const hash = await hashed(next)
      await store.transaction(async (tx) => {
        await tx.people.setPassword(person.id, hash, false)
        await tx.sessions.endAllOf(person.id)
      })
      const asker = await sessions.begin(context, { ...person, mustChangePassword: false })
      log.info({ person: person.login, session: asker.session.id }, 'Password changed: all other sessions ended')
      return context.json(await tell(asker), 200)
    })
}

const wrong =
  'The name or the password is wrong. Lost it? Whoever runs Guardpost can give you a new one: `guardpost people reset-password NAME`.'

function refuseWeak({ login }: Person, current: string, next: string): void {
  if (next === current) throw new Problem(422, 'Choose another password: this is the one before.')
  if (next.toLowerCase().includes(login.toLowerCase()))
    throw new Problem(422, 'Choose another password: this one has your name in it.')
}
