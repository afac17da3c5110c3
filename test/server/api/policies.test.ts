import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Holding } from '../../../src/model/access.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { newSetting } from '../../support/setting.ts'
import { at, everywhere, type Town, twoOrganizations } from './two-organizations.ts'

const path = 'GitHub > Repository > CMDB'

let town: Town
let repository: Resource
beforeEach(async () => {
  town = await twoOrganizations()
  const [first] = town.acme.repositories
  if (!first) throw new Error('There is no repository.')
  repository = first
})
afterEach(() => town.close())

const set = async (holdings: Holding[], place: Resource, more: object = {}) => {
  const body = JSON.stringify({ path, resourceId: place.id, value: 'Skip', ...more })
  const headers = { 'content-type': 'application/json' }
  const answer = await town.ask(holdings, '/policy-settings', { method: 'POST', headers, body })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

it('says whether it was the console that set something, or another program', async () => {
  const { id: resourceId } = town.acme.organization
  const value = async () => {
    const answer = await town.ask(everywhere(), `/policy-values?resource=${repository.id}&path=${path}`)
    return ((await answer.json()) as { items: { chain: { source: string | null; setBy: string | null }[] }[] }).items[0]
  }
  for (const [origin, source] of [
    [{}, 'api'],
    [{ origin: 'https://guardpost.example' }, 'console'],
  ] as const) {
    const headers = { 'content-type': 'application/json', ...origin }
    const body = JSON.stringify({ path, resourceId, value: 'Skip' })
    const answer = await town.ask(everywhere(), '/policy-settings', { method: 'POST', headers, body })
    expect(await answer.json()).toMatchObject({ source, setBy: 'mona' })
    expect((await value())?.chain).toMatchObject([{ source: null }, { source, setBy: 'mona' }])
    const [told] = await town.store.activities.list(town.acme.connection.id, { limit: 1 })
    expect(told).toMatchObject({ source })
  }
})

describe('an Operator', () => {
  it('sets what overrides no Required setting, and has what it touches judged', async () => {
    const { status, body } = await set(at(town.acme.organization, 'Operator'), town.acme.organization, {
      note: 'moving',
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      path,
      value: 'Skip',
      precedence: 'required',
      setBy: 'mona',
      note: 'moving',
      inForce: true,
    })
    const [told] = await town.store.activities.list(town.acme.connection.id, { limit: 1 })
    expect(told).toMatchObject({ kind: 'policy', actor: 'mona', source: 'api' })
    const jobs = await town.store.jobs.list('queued', 100)
    expect(jobs.filter(({ kind }) => kind === 'sweep')).toHaveLength(1)
  })

  it('makes no exception, which an Admin does', async () => {
    await set(at(town.acme.organization, 'Admin'), town.acme.organization)
    const operator = at(town.acme.organization, 'Operator')
    expect(await set(operator, repository)).toMatchObject({ status: 403 })
    expect(await set(operator, town.acme.organization)).toMatchObject({ status: 403 })
    expect(await set(operator, repository, { precedence: 'recommended' })).toMatchObject({ status: 201 })
    expect(await set(at(repository, 'Admin'), repository)).toMatchObject({ status: 201, body: { exception: true } })
  })

  it('takes back what is Recommended only', async () => {
    const operator = at(town.acme.organization, 'Operator')
    const remove = async (id: unknown) =>
      (await town.ask(operator, `/policy-settings/${id}`, { method: 'DELETE' })).status
    const recommended = await set(operator, repository, { precedence: 'recommended' })
    expect(await remove(recommended.body.id)).toBe(204)
    const required = await set(operator, repository)
    expect(await remove(required.body.id)).toBe(403)
  })
})

it.each([
  [{ path: 'GitHub > Repository > CMBD' }, '/path', 'Did you mean `GitHub > Repository > CMDB`?'],
  [{ value: 'Skpi' }, '/value', 'Did you mean “Skip”?'],
  [{ value: 5 }, '/value', ''],
  [{ path: 'GitHub > Organization > CMDB' }, '/resourceId', 'has no effect on acme/repo-0'],
  [{ expiresAt: '2001-01-01T00:00:00Z' }, '/expiresAt', 'It is in the past'],
  [{ startsAt: '2999-01-02T00:00:00Z', expiresAt: '2999-01-01T00:00:00Z' }, '/expiresAt', 'It ends before it begins.'],
  [{ resourceId: 999 }, '/resourceId', 'There is no resource 999'],
])('%j is refused where it is wrong', async (more, pointer, detail) => {
  const { status, body } = await set(at(town.acme.organization), repository, more)
  expect(status).toBe(422)
  expect(body.errors).toEqual([{ pointer, detail: expect.stringContaining(detail) }])
})

it('a value is explained from the default down, without what is out of sight', async () => {
  const owner = at(town.acme.organization)
  await set(owner, town.acme.organization, { value: 'Enforce: Enabled' })
  await set(owner, repository, { precedence: 'recommended' })
  const values = async (holdings: Holding[]) => {
    const answer = await town.ask(holdings, `/policy-values?resource=${repository.id}`)
    const { items } = (await answer.json()) as {
      items: { path: string; value: string; chain: { from: string; wins: boolean; why: string }[] }[]
    }
    const own = items.filter((each) => each.path === path)
    return own.map(({ value, chain }) => [value, ...chain.map(({ from, wins, why }) => [from, wins, why])])
  }
  const explained = (from: string) => [
    'Enforce: Enabled',
    ['Default', false, 'A setting takes its place.'],
    [from, true, 'It is the most specific Required setting.'],
    ['acme/repo-0', false, 'A Required setting overrides it.'],
  ]
  expect(await values(owner)).toEqual([explained('acme')])
  expect(await values(at(repository))).toEqual([explained('A place above')])
})

describe('folders, packs and exceptions', () => {
  const send = async (holdings: Holding[], method: string, address: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await town.ask(holdings, address, { method, headers, body: JSON.stringify(body) })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const items = async (holdings: Holding[], address: string) =>
    ((await (await town.ask(holdings, address)).json()) as { items: Record<string, unknown>[] }).items

  it('reach an organization, which is told the answer and not who gave it', async () => {
    const [owner, acme] = [everywhere('Owner'), at(town.acme.organization)]
    const folder = await send(owner, 'POST', '/folders', { title: 'Production' })
    const folderId = folder.body.id
    const { id: connectionId } = town.acme.connection
    await send(owner, 'PUT', `/connections/${connectionId}/folder`, { folderId })
    expect(await send(owner, 'POST', '/policy-settings', { path, folderId, value: 'Skip' })).toMatchObject({
      status: 201,
      body: { resource: null, folder: { id: folderId, title: 'Production' }, exception: false },
    })
    const rule = { path, value: 'Enforce: Enabled', precedence: 'recommended' }
    const pack = await send(owner, 'POST', '/policy-packs', { name: 'theirs', settings: [rule] })
    expect(
      await send(acme, 'POST', '/policy-attachments', { pack: 'theirs', resourceId: repository.id }),
    ).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/pack' }] },
    })
    const attached = { pack: 'theirs', resourceId: repository.id, selector: null }
    expect(await send(owner, 'POST', '/policy-attachments', attached)).toMatchObject({
      status: 201,
      body: { pack: 'theirs', packId: pack.body.id, position: 1 },
    })
    const chain = async (holdings: Holding[]) => {
      const [value] = await items(holdings, `/policy-values?resource=${repository.id}&path=${encodeURIComponent(path)}`)
      const links = value?.chain as { from: string; value: string; pack: string | null; wins: boolean }[]
      return links.map(({ from, value, pack, wins }) => [from, value, pack, wins])
    }
    const last = ['acme/repo-0', 'Enforce: Enabled', 'theirs', false]
    expect((await chain(owner)).slice(1)).toEqual([['Production', 'Skip', null, true], last])
    expect((await chain(acme)).slice(1)).toEqual([['A place above', 'Skip', null, true], last])
    expect(await items(acme, '/folders')).toEqual([])

    // A pack for all reaches every organization of a folder; one of an organization is for it alone.
    const own = await send(acme, 'POST', '/policy-packs', { name: 'own', connectionId, settings: [rule] })
    expect(own.status).toBe(201)
    expect(await send(owner, 'POST', '/policy-attachments', { pack: 'own', folderId })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('own is a pack of one organization') },
    })
    const onFolder = { pack: 'theirs', folderId }
    expect(await send(everywhere('Admin'), 'POST', '/policy-attachments', onFolder)).toMatchObject({ status: 201 })
    expect((await chain(owner)).slice(1).map(([from, , by]) => [from, by])).toEqual([
      ['Production', 'theirs'],
      ['Production', null],
      ['acme/repo-0', 'theirs'],
    ])

    // Whoever puts an organization where roles are given gives them there.
    const person = await town.store.people.make(
      { kind: 'github', login: 'shepherd', githubId: 1, password: null, mustChangePassword: false },
      0,
    )
    const grant = { personId: person?.id ?? 0, role: 'Owner', grantedBy: 'mona' } as const
    await town.store.grants.give({ ...grant, place: { folderId: Number(folderId) } }, 0)
    const address = `/connections/${town.other.connection.id}/folder`
    expect((await send(everywhere('Admin'), 'PUT', address, { folderId })).status).toBe(403)
    expect((await send(owner, 'PUT', address, { folderId })).status).toBe(200)
    const elsewhere = await send(everywhere('Admin'), 'POST', '/folders', { title: 'Elsewhere' })
    const into = { parentId: folderId }
    expect((await send(everywhere('Admin'), 'PATCH', `/folders/${elsewhere.body.id}`, into)).status).toBe(403)
  })

  it('are exceptions where a Required is below a Required, in the order of their ends', async () => {
    const owner = everywhere('Owner')
    await send(owner, 'POST', '/policy-settings', { path, folderId: 1, value: 'Enforce: Enabled' })
    const operator = at(town.acme.organization, 'Operator')
    expect(await set(operator, repository)).toMatchObject({ status: 403 })
    const admin = at(town.acme.organization, 'Admin')
    await set(admin, town.acme.organization, { note: 'for good' })
    await set(admin, repository, { expiresAt: '2999-01-01T00:00:00Z', note: 'moving' })
    const told = (await items(admin, '/exceptions'))
      .filter((each) => each.path === path)
      .map(({ note, expiresAt, over }) => [note, expiresAt, over])
    const above = { from: 'A place above', value: 'Enforce: Enabled', expression: null, pack: null }
    expect(told).toEqual([
      ['moving', '2999-01-01T00:00:00.000Z', { ...above, from: 'acme', value: 'Skip' }],
      ['for good', null, above],
    ])
    expect(await items(at(repository), '/exceptions')).toMatchObject([
      { note: 'moving', over: { from: 'A place above' } },
    ])
    expect(JSON.stringify(await items(at(town.other.organization), '/exceptions'))).not.toContain('acme')
  })

  it('of a policy file are changed there alone', async () => {
    const place = { connectionId: repository.connectionId, resourceId: repository.id }
    const origin = { file: 'guardpost.yml', line: 3 }
    await town.store.policies.set(newSetting(place, path, 'Skip', { source: 'file', origin }), 1_000)
    expect(await set(at(town.acme.organization), repository)).toMatchObject({
      status: 422,
      body: { detail: 'It is set by guardpost.yml, line 3: change it there.' },
    })
  })
})
