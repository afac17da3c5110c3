import { createRoute } from '@hono/zod-openapi'
import type { Grant, Holding, Person } from '../../model/access.ts'
import { hashed, oneTimePassword } from '../sign-in/password.ts'
import type { AccessApiMeans } from './access-means.ts'
import { keepAnOwner, taken, tellGrants } from './granted.ts'
import { pageOfRows, pageQuery } from './page-by-id.ts'
import { needRole } from './places.ts'
import { notFound, Problem, problems, writeProblems } from './problem.ts'
import { found, idParam, routes, sent } from './routes.ts'
import { pageOf } from './shapes/page.ts'
import { madePerson, newPerson, personWithGrants } from './shapes/session.ts'

const forbidden = { 403: writeProblems[403] }

const list = createRoute({
  method: 'get',
  path: '/people',
  description: 'Who may sign in, with the grants at places in sight. For who is Owner somewhere.',
  request: { query: pageQuery },
  responses: { ...found(pageOf(personWithGrants), 'The people'), ...problems, ...forbidden },
})

const make = createRoute({
  method: 'post',
  path: '/people',
  description:
    'Adds a person: of GitHub, for who is Owner somewhere; a local one, with a one-time password in the answer, for who is Owner everywhere.',
  request: { body: sent(newPerson) },
  responses: {
    201: { ...found(madePerson, 'The person')[200] },
    ...writeProblems,
    409: { ...writeProblems[403], description: 'There is a person of that name.' },
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/people/{id}',
  description: 'Removes a person, with all grants and sessions. For who is Owner everywhere.',
  request: { params: idParam },
  responses: {
    204: { description: 'Removed' },
    ...writeProblems,
    409: { ...writeProblems[403], description: 'Nobody would be left who is Owner everywhere.' },
  },
})

const moment = (time: number): string => new Date(time).toISOString()

/** Those who may sign in. */
export function peopleApi({ store, log, clock, sessions, holdingsOf }: AccessApiMeans) {
  const tell = async (person: Person, holdings: readonly Holding[], grants: readonly Grant[]) => {
    const { githubId: _, createdAt, lastSeenAt, ...rest } = person
    const own = grants.filter(({ personId }) => personId === person.id)
    return {
      ...rest,
      createdAt: moment(createdAt),
      lastSeenAt: lastSeenAt === null ? null : moment(lastSeenAt),
      grants: await tellGrants(store, holdings, own),
    }
  }
  return routes()
    .openapi(list, async (context) => {
      const { person } = await sessions.needed(context)
      const holdings = await holdingsOf(person)
      needOwnership(holdings)
      const { cursor: after = 0, limit } = context.req.valid('query')
      const { rows, next } = pageOfRows(await store.people.list({ after, limit: limit + 1 }), limit)
      const grants = await store.grants.of(rows.map(({ id }) => id))
      return context.json({ items: await Promise.all(rows.map((each) => tell(each, holdings, grants))), next }, 200)
    })
    .openapi(make, async (context) => {
      const { person: asker } = await sessions.needed(context)
      const holdings = await holdingsOf(asker)
      const { kind, login } = context.req.valid('json')
      needOwnership(holdings)
      if (kind === 'local') await needRole(store, holdings, 'everywhere', 'Owner')
      const password = kind === 'local' ? oneTimePassword() : null
      const hash = password && (await hashed(password))
      const person = await store.transaction(async (tx) => {
        if ((await tx.people.named(kind, login)).length > 0) return null
        const draft = { kind, login, githubId: null, password: hash, mustChangePassword: password !== null }
        return tx.people.make(draft, clock())
      })
      if (!person) throw new Problem(409, `There is a person called ${login} already.`)
      log.info({ person: asker.login, added: login, kind }, 'Person added')
      return context.json({ ...(await tell(person, holdings, [])), oneTimePassword: password }, 201)
    })
    .openapi(remove, async (context) => {
      const { person: asker } = await sessions.needed(context)
      await needRole(store, await holdingsOf(asker), 'everywhere', 'Owner')
      const { id } = context.req.valid('param')
      const person = await store.transaction(async (tx) => {
        const person = await tx.people.get(id)
        if (!person) throw notFound('such person')
        await keepAnOwner(tx, id)
        for (const grant of await tx.grants.of([id])) await taken(tx, { grant, person, by: asker, at: clock() })
        await tx.people.remove(id)
        return person
      })
      log.info({ person: asker.login, removed: person.login }, 'Person removed, with grants and sessions')
      return context.body(null, 204)
    })
}

function needOwnership(holdings: readonly Holding[]): void {
  if (holdings.some(({ role }) => role === 'Owner')) return
  throw new Problem(
    403,
    'This takes the role Owner somewhere: at an organization, or everywhere. An Owner can grant it.',
  )
}
