import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { Role } from '../../../src/model/access.ts'
import { newConnection, resourceWrite } from '../../store/test-store.ts'
import type { Browser } from './browser.ts'
import { type Door, door } from './door.ts'

jest.setTimeout(30_000)

let here: Door
let admin: Browser
/** Ids of the organizations, of a repository in each, and of the people by role and place. */
let acme: { id: number; repository: number; connectionId: number }
let other: typeof acme

async function organization(organizationId: number): Promise<typeof acme> {
  const { id: connectionId } = await here.store.connections.save(newConnection(organizationId), 0)
  const type = 'GitHub > Organization'
  const top = resourceWrite(connectionId, `O_${organizationId}`, { type, title: `org-${organizationId}` })
  const { id } = await here.store.resources.write(connectionId, top, 0)
  const below = resourceWrite(connectionId, `R_${organizationId}`, { parentId: id, title: `org-${organizationId}/web` })
  const { id: repository } = await here.store.resources.write(connectionId, below, 0)
  return { id, repository, connectionId }
}

/** Somebody who holds this, signed in. */
async function somebody(login: string, role: Role, resourceId: number | null): Promise<Browser & { id: number }> {
  const made = await admin.ask('POST', '/api/v1/people', { kind: 'local', login })
  expect(made.status).toBe(201)
  expect((await admin.ask('POST', '/api/v1/grants', { personId: made.body.id, resourceId, role })).status).toBe(201)
  return Object.assign(await here.signedIn(login), { id: made.body.id as number })
}

beforeAll(async () => {
  here = await door()
  admin = await here.signedIn()
  acme = await organization(1)
  other = await organization(2)
})
afterAll(() => here.close())

describe('who is Owner of one organization', () => {
  let owner: Browser & { id: number }
  let person: number

  beforeAll(async () => {
    owner = await somebody('owner', 'Owner', acme.id)
  })
  beforeEach(async () => {
    const login = `gh-${Math.random().toString(36).slice(2)}`
    const made = await owner.ask('POST', '/api/v1/people', { kind: 'github', login })
    expect([made.status, made.body.oneTimePassword]).toEqual([201, null])
    person = made.body.id
  })

  const give = (resourceId: number | null, role: Role) =>
    owner.ask('POST', '/api/v1/grants', { personId: person, resourceId, role })

  it('grants there and below, in place of what was granted there before', async () => {
    const given = await give(acme.repository, 'Operator')
    expect([given.status, given.body]).toEqual([
      201,
      {
        id: expect.any(Number),
        personId: person,
        role: 'Operator',
        at: { id: acme.repository, connectionId: acme.connectionId, type: 'GitHub > Repository', title: 'org-1/web' },
        folder: null,
        grantedBy: 'owner',
        grantedAt: '2030-01-01T00:00:00.000Z',
      },
    ])
    expect((await give(acme.repository, 'Admin')).status).toBe(201)
    const held = await here.store.grants.of([person])
    expect(held.map(({ role }) => role)).toEqual(['Admin'])
    const [said] = await here.store.activities.list(acme.connectionId)
    expect(said).toMatchObject({ resourceId: acme.repository, kind: 'access', actor: 'owner', source: 'console' })
    expect(said?.summary).toMatch(/^gh-\w+ was granted the role Admin\.$/)
  })

  it('grants nowhere else: another organization is not there for him', async () => {
    const refused = [
      await give(other.id, 'ReadOnly'),
      await give(other.repository, 'ReadOnly'),
      await give(99_999, 'ReadOnly'),
    ]
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(refused[0]?.body).toEqual(refused[2]?.body)
    const everywhere = await give(null, 'ReadOnly')
    expect([everywhere.status, everywhere.body.detail]).toEqual([
      403,
      'This takes the role Owner everywhere. An Owner there can grant it.',
    ])
  })

  it('sees no grant elsewhere, and takes none back', async () => {
    await give(acme.id, 'ReadOnly')
    const elsewhere = await admin.ask('POST', '/api/v1/grants', {
      personId: person,
      resourceId: other.id,
      role: 'Admin',
    })
    const everywhere = await admin.ask('POST', '/api/v1/grants', { personId: person, resourceId: null, role: 'Admin' })
    const seen = (await owner.ask('GET', '/api/v1/people')).body.items.find(({ id }: { id: number }) => id === person)
    expect(seen.grants.map(({ at }: { at: { title: string } }) => at.title)).toEqual(['org-1'])
    for (const { body } of [elsewhere, everywhere])
      expect((await owner.ask('DELETE', `/api/v1/grants/${body.id}`)).status).toBe(404)
    expect((await owner.ask('DELETE', `/api/v1/grants/${seen.grants[0].id}`)).status).toBe(204)
    const [said] = await here.store.activities.list(acme.connectionId)
    expect(said?.summary).toMatch(/^gh-\w+ no longer has the role ReadOnly, granted by owner\.$/)
  })

  it('makes no local person and removes nobody', async () => {
    const made = await owner.ask('POST', '/api/v1/people', { kind: 'local', login: 'fresh' })
    const removed = await owner.ask('DELETE', `/api/v1/people/${person}`)
    expect([made.status, removed.status]).toEqual([403, 403])
  })
})

describe('a role given at a folder', () => {
  let folder: number
  let within: number
  beforeAll(async () => {
    folder = (await here.store.folders.make({ parentId: 1, title: 'Production' }, 0))?.id ?? 0
    within = (await here.store.folders.make({ parentId: folder, title: 'Europe' }, 0))?.id ?? 0
  })

  it('holds at each organization that is in it, for as long as it is, and nowhere else', async () => {
    const { folders, activities } = here.store
    const made = await admin.ask('POST', '/api/v1/people', { kind: 'local', login: 'shepherd' })
    const grant = { personId: made.body.id, resourceId: null, folderId: folder, role: 'Operator' }
    const given = await admin.ask('POST', '/api/v1/grants', grant)
    expect(given).toMatchObject({ status: 201, body: { at: null, folder: { id: folder, title: 'Production' } } })
    const shepherd = await here.signedIn('shepherd')
    const held = async () => (await shepherd.ask('GET', '/api/v1/visitor')).body.holdings
    const at = ({ connectionId, id: resourceId }: typeof acme) => ({
      ...{ role: 'Operator', from: 'grant' },
      place: { connectionId, resourceId },
    })
    expect(await held()).toEqual([])
    await folders.put(acme.connectionId, within)
    expect(await held()).toEqual([at(acme)])
    expect((await shepherd.ask('GET', '/api/v1/session')).body.holdings).toEqual([
      { role: 'Operator', from: 'grant', at: expect.objectContaining({ id: acme.id }) },
    ])
    await folders.put(other.connectionId, folder)
    expect(await held()).toEqual([at(acme), at(other)])

    await admin.ask('DELETE', `/api/v1/grants/${given.body.id}`)
    expect(await held()).toEqual([])
    for (const { connectionId } of [acme, other]) {
      const [said] = await activities.list(connectionId)
      expect(said?.summary).toContain('shepherd no longer has the role Operator')
      expect(said?.summary).toContain('at the folder Production')
      await folders.put(connectionId, 1)
    }
  })

  it('is given and taken by who is Owner everywhere', async () => {
    const owner = await somebody('one-owner', 'Owner', acme.id)
    const body = { personId: owner.id, resourceId: null, folderId: folder, role: 'Owner' }
    expect((await owner.ask('POST', '/api/v1/grants', body)).status).toBe(403)
    const given = await admin.ask('POST', '/api/v1/grants', body)
    expect((await owner.ask('DELETE', `/api/v1/grants/${given.body.id}`)).status).toBe(404)
    const people = (await admin.ask('GET', '/api/v1/people?limit=100')).body.items as { id: number; grants: object[] }[]
    expect(people.find(({ id }) => id === owner.id)?.grants).toEqual([
      expect.objectContaining({ at: expect.objectContaining({ id: acme.id }), folder: null }),
      given.body,
    ])
    expect((await admin.ask('POST', '/api/v1/grants', { ...body, folderId: 999 })).status).toBe(404)
    expect((await admin.ask('POST', '/api/v1/grants', { ...body, resourceId: acme.id })).status).toBe(422)
  })
})

describe('who is less than Owner', () => {
  it.each<[Role]>([['ReadOnly'], ['Operator'], ['Admin']])('%s sees no people and grants nothing', async (role) => {
    const asker = await somebody(`as-${role}`, role, acme.id)
    const answers = [
      await asker.ask('GET', '/api/v1/people'),
      await asker.ask('POST', '/api/v1/people', { kind: 'github', login: 'x' }),
      await asker.ask('DELETE', '/api/v1/people/1'),
      await asker.ask('POST', '/api/v1/grants', { personId: asker.id, resourceId: acme.id, role: 'Owner' }),
      await asker.ask('POST', '/api/v1/grants', { personId: asker.id, resourceId: acme.repository, role: 'Owner' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
    expect(answers[3]?.body.detail).toBe('This takes the role Owner at org-1. An Owner there can grant it.')
    const [held] = (await here.store.grants.of([asker.id])).map(({ id }) => id)
    expect((await asker.ask('DELETE', `/api/v1/grants/${held}`)).status).toBe(403)
  })
})

describe('the last one who is Owner everywhere', () => {
  it('stays, until somebody else is who can sign in', async () => {
    const [last] = await here.store.grants.of([1])
    const byName = await admin.ask('POST', '/api/v1/people', { kind: 'github', login: 'not-here-yet' })
    await admin.ask('POST', '/api/v1/grants', { personId: byName.body.id, resourceId: null, role: 'Owner' })
    for (const answer of [
      await admin.ask('DELETE', `/api/v1/grants/${last?.id}`),
      await admin.ask('DELETE', '/api/v1/people/1'),
      await admin.ask('POST', '/api/v1/grants', { personId: 1, resourceId: null, role: 'Admin' }),
    ])
      expect(answer.status).toBe(409)
    const second = await somebody('second', 'Owner', null)
    expect((await second.ask('DELETE', '/api/v1/people/1')).status).toBe(204)
    expect((await second.ask('DELETE', `/api/v1/people/${second.id}`)).status).toBe(409)
  })
})

it('a name is taken once, without regard to case', async () => {
  const owner = await here.store.people.named('local', 'SECOND')
  expect(owner.map(({ login }) => login)).toEqual(['second'])
  const draft = { kind: 'local', login: 'Second', githubId: null, password: null, mustChangePassword: false } as const
  expect(await here.store.people.make(draft, 0)).toBeNull()
})
