import { createRoute } from '@hono/zod-openapi'
import type { Person, Session } from '../../model/access.ts'
import { roleAt } from '../../model/access.ts'
import type { AccessApiMeans } from './access-means.ts'
import { pageOfRows, pageQuery } from './page-by-id.ts'
import { notFound, problems, writeProblems } from './problem.ts'
import { found, idParam, routes } from './routes.ts'
import { pageOf } from './shapes/page.ts'
import { openSession } from './shapes/session.ts'

const list = createRoute({
  method: 'get',
  path: '/sessions',
  description: 'Where one is signed in, newest first; for who is Owner everywhere: where anybody is.',
  request: { query: pageQuery },
  responses: { ...found(pageOf(openSession), 'The sessions'), ...problems },
})

const end = createRoute({
  method: 'delete',
  path: '/sessions/{id}',
  description: 'Ends a session: one’s own; who is Owner everywhere, anybody’s.',
  request: { params: idParam },
  responses: { 204: { description: 'Ended' }, ...writeProblems },
})

const moment = (time: number): string => new Date(time).toISOString()

/** Where people are signed in. */
export function sessionsApi({ store, log, sessions, holdingsOf }: AccessApiMeans) {
  const seesAll = async (person: Person) => roleAt(await holdingsOf(person), []) === 'Owner'
  const tell = async (session: Session, current: Session) => {
    const person = await store.people.get(session.personId)
    return {
      id: String(session.id),
      person: { id: session.personId, login: person?.login ?? '' },
      current: session.id === current.id,
      startedAt: moment(session.startedAt),
      lastSeenAt: moment(session.lastSeenAt),
      expiresAt: moment(sessions.endOf(session)),
      address: session.address,
      userAgent: session.userAgent,
    }
  }
  return routes()
    .openapi(list, async (context) => {
      const { person, session } = await sessions.needed(context)
      const { cursor, limit } = context.req.valid('query')
      const whose = (await seesAll(person)) ? {} : { personId: person.id }
      const from = cursor === undefined ? {} : { before: cursor }
      const { rows, next } = pageOfRows(await store.sessions.list({ ...whose, ...from, limit: limit + 1 }), limit)
      return context.json({ items: await Promise.all(rows.map((each) => tell(each, session))), next }, 200)
    })
    .openapi(end, async (context) => {
      const { person, session } = await sessions.needed(context)
      const found = await store.sessions.get(context.req.valid('param').id)
      if (!found || (found.personId !== person.id && !(await seesAll(person)))) throw notFound('such session')
      if (found.id === session.id) await sessions.end(context)
      else await store.sessions.end(found.id)
      log.info({ person: person.login, session: found.id, of: found.personId }, 'Session ended')
      return context.body(null, 204)
    })
}
