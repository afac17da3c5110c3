import { createRoute } from '@hono/zod-openapi'
import type { AccessApiMeans } from './access-means.ts'
import { keepAnOwner, note, ownedPlace, taken, tellGrants } from './granted.ts'
import { needRole, placeOf } from './places.ts'
import { notFound, unfitPart, writeProblems } from './problem.ts'
import { found, idParam, routes, sent } from './routes.ts'
import { grant as grantShape, newGrant } from './shapes/session.ts'

const lastOwner = {
  409: { ...writeProblems[403], description: 'Nobody would be left who is Owner everywhere.' },
}

const give = createRoute({
  method: 'post',
  path: '/grants',
  description:
    'Grants a role at a place, instead of the one granted there before. For who is Owner at that place; at a folder, everywhere.',
  request: { body: sent(newGrant) },
  responses: { 201: found(grantShape, 'The grant')[200], ...writeProblems, ...lastOwner },
})

const take = createRoute({
  method: 'delete',
  path: '/grants/{id}',
  description: 'Takes a grant back. For who is Owner at its place; at a folder, everywhere.',
  request: { params: idParam },
  responses: { 204: { description: 'Taken back' }, ...writeProblems, ...lastOwner },
})

/** Roles given at places. */
export function grantsApi({ store, log, clock, sessions, holdingsOf }: AccessApiMeans) {
  return routes()
    .openapi(give, async (context) => {
      const { person: asker } = await sessions.needed(context)
      const holdings = await holdingsOf(asker)
      const { personId, resourceId, folderId = null, role } = context.req.valid('json')
      const place = folderId === null ? await placeOf(store, holdings, resourceId) : { folderId }
      if (folderId !== null && resourceId !== null) throw unfitPart('folderId', 'It takes `resourceId` or `folderId`.')
      await needRole(store, holdings, ownedPlace(place), 'Owner')
      if (folderId !== null && !(await store.folders.get(folderId))) throw notFound('such folder')
      const { grant, person } = await store.transaction(async (tx) => {
        const person = await tx.people.get(personId)
        if (!person) throw notFound('such person')
        if (place === 'everywhere' && role !== 'Owner') await keepAnOwner(tx, personId)
        const grant = await tx.grants.give({ personId, place, role, grantedBy: asker.login }, clock())
        await note(tx, { grant, by: asker, at: clock(), summary: `${person.login} was granted the role ${role}.` })
        return { grant, person }
      })
      const [told] = await tellGrants(store, holdings, [grant])
      if (!told) throw notFound('such resource')
      const at = told.folder?.title ?? told.at?.title ?? 'everywhere'
      log.info({ person: asker.login, to: person.login, role, at }, 'Role granted')
      return context.json(told, 201)
    })
    .openapi(take, async (context) => {
      const { person: asker } = await sessions.needed(context)
      const holdings = await holdingsOf(asker)
      const grant = await store.grants.get(context.req.valid('param').id)
      if (!grant || (await tellGrants(store, holdings, [grant])).length === 0) throw notFound('such grant')
      await needRole(store, holdings, ownedPlace(grant.place), 'Owner')
      await store.transaction(async (tx) => {
        const person = await tx.people.get(grant.personId)
        if (grant.place === 'everywhere') await keepAnOwner(tx, grant.personId)
        if (person) await taken(tx, { grant, person, by: asker, at: clock() })
        await tx.grants.take(grant.id)
      })
      log.info({ person: asker.login, from: grant.personId, role: grant.role, grant: grant.id }, 'Grant taken back')
      return context.body(null, 204)
    })
}
