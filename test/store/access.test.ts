import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import type { Store } from '../../src/model/store.ts'
import { connect } from '../../src/store/sqlite.ts'
import { newConnection, openTestStore, resourceWrite, testFolders } from './test-store.ts'

const folders = testFolders()
let file: string
let store: Store

beforeEach(async () => {
  file = `${folders.make()}/test.sqlite`
  store = await openTestStore(file)
})
afterEach(async () => {
  await store.close()
  folders.removeAll()
})

const draft = { kind: 'github', githubId: null, password: null, mustChangePassword: false } as const

async function person(login: string): Promise<number> {
  const made = await store.people.make({ ...draft, login }, 5)
  return made?.id ?? 0
}

const begin = (personId: number, hash: string) =>
  store.sessions.begin({
    hash: Buffer.from(hash),
    personId,
    address: '::1',
    userAgent: 'x',
    startedAt: 10,
    expiresAt: 100,
  })

it('a login on GitHub may pass on: who signed in keeps the id, and one more is awaited by the name', async () => {
  const first = await person('Mona')
  expect(await store.people.make({ ...draft, login: 'mona' }, 6)).toBeNull()
  await store.people.setGitHub(first, { githubId: 77, login: 'mona' })
  const second = await person('mona')
  expect((await store.people.named('github', 'MONA')).map(({ id }) => id)).toEqual([first, second])
  expect(await store.people.byGitHubId(77)).toEqual({
    id: first,
    kind: 'github',
    login: 'mona',
    githubId: 77,
    mustChangePassword: false,
    createdAt: 5,
    lastSeenAt: null,
  })
})

it('sessions and grants go with their person', async () => {
  const id = await person('mona')
  await begin(id, 'a')
  await store.grants.give({ personId: id, place: 'everywhere', role: 'Owner', grantedBy: 'x' }, 6)
  expect(await store.people.remove(id)).toBe(true)
  expect(await store.people.remove(id)).toBe(false)
  expect([await store.sessions.list({ limit: 9 }), await store.grants.of([id])]).toEqual([[], []])
  expect(await person('mona')).not.toBe(id)
})

it('a session is found by its hash alone, and pruned when it expired or rests', async () => {
  const id = await person('mona')
  const [used, resting] = [await begin(id, 'used'), await begin(id, 'resting')]
  await store.sessions.setSeen(used.id, 60)
  expect(await store.sessions.byHash(Buffer.from('used'))).toEqual({ ...used, lastSeenAt: 60 })
  expect(await store.sessions.byHash(Buffer.from('use'))).toBeNull()
  await store.sessions.prune(99, 10)
  expect(await store.sessions.get(resting.id)).toBeNull()
  await store.sessions.prune(100, 0)
  expect(await store.sessions.get(used.id)).toBeNull()
})

it('a grant goes with the resource it was given at, and is never at another organization’s', async () => {
  const id = await person('mona')
  const [ours, theirs] = [
    await store.connections.save(newConnection(1), 0),
    await store.connections.save(newConnection(2), 0),
  ]
  const { id: resourceId } = await store.resources.write(ours.id, resourceWrite(ours.id, 'R_1'), 0)
  const grant = { personId: id, role: 'Admin', grantedBy: 'x' } as const
  await store.grants.give({ ...grant, place: { connectionId: ours.id, resourceId } }, 6)
  await expect(store.grants.give({ ...grant, place: { connectionId: theirs.id, resourceId } }, 6)).rejects.toThrow()
  expect(await store.grants.of([id])).toMatchObject([{ place: { connectionId: ours.id, resourceId }, role: 'Admin' }])
  const db = connect(file)
  await sql`delete from versions`.execute(db)
  await sql`delete from resources`.execute(db)
  await db.destroy()
  expect(await store.grants.of([id])).toEqual([])
})

it('a grant at a folder is one for each person and folder, and goes with the folder; it is none everywhere', async () => {
  const id = await person('mona')
  const made = await store.folders.make({ parentId: 1, title: 'Production' }, 0)
  const below = await store.folders.make({ parentId: made?.id ?? 0, title: 'Europe' }, 0)
  const ours = await store.connections.save(newConnection(1), 0)
  await store.connections.save(newConnection(2), 0)
  await store.folders.put(ours.id, below?.id ?? 0)
  const top = resourceWrite(ours.id, ours.organizationNodeId, { type: 'GitHub > Organization' })
  const { id: resourceId } = await store.resources.write(ours.id, top, 0)
  const folderId = made?.id ?? 0
  const grant = { personId: id, grantedBy: 'x' } as const
  await store.grants.give({ ...grant, role: 'ReadOnly', place: 'everywhere' }, 5)
  await store.grants.give({ ...grant, role: 'ReadOnly', place: { folderId } }, 6)
  await store.grants.give({ ...grant, role: 'Owner', place: { folderId } }, 7)
  expect(await store.grants.of([id])).toMatchObject([
    { place: 'everywhere', role: 'ReadOnly' },
    { place: { folderId }, role: 'Owner' },
  ])
  expect(await store.grants.ownersEverywhere()).toEqual([])
  expect(await store.grants.reaching(below?.id ?? 0)).toMatchObject([{ place: { folderId } }])
  expect(await store.grants.reaching(1)).toEqual([])
  expect(await store.folders.organizations(folderId)).toEqual([{ connectionId: ours.id, resourceId }])
  await store.folders.put(ours.id, 1)
  expect(await store.folders.organizations(folderId)).toEqual([])
  await store.folders.remove(below?.id ?? 0)
  await store.folders.remove(folderId)
  expect(await store.grants.of([id])).toMatchObject([{ place: 'everywhere' }])
})
