import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Visit, type Visits, visits } from '../../../src/engine/doctor/visits.ts'
import type { Means } from '../../../src/engine/means.ts'
import type { Connection } from '../../../src/model/connection.ts'
import type { GitHub } from '../../../src/model/github.ts'
import { type Guarded, guarded } from '../../support/guarded.ts'

let town: Guarded
let acme: Connection
beforeAll(async () => {
  town = await guarded({ flavour: 'ghes' })
  town.install()
  await town.settle()
  const [connection] = await town.guardpost.means.store.connections.list()
  if (!connection) throw new Error('Nothing is connected.')
  acme = connection
})
afterAll(() => town.close())

async function ended(all: Visits): Promise<Visit> {
  for (let look = 0; look < 400; look++) {
    const visit = all.last(acme)
    if (visit && visit.endedAt !== null) return visit
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('The examination did not end.')
}

const changed = (means: Partial<Means>) => ({ ...town.guardpost.means, ...means })

it('knows of none before one was asked for, and of no two at a time', async () => {
  const all = visits(town.guardpost.means)
  expect(all.last(acme)).toBeNull()
  const begun = all.begin(acme)
  expect(begun).toMatchObject({ endedAt: null, symptoms: [] })
  expect(all.begin(acme)).toBe(begun)
  const first = await ended(all)
  expect(first.startedAt).toBe(begun.startedAt)
  expect(first.symptoms).toContainEqual(expect.objectContaining({ about: 'Clock', level: 'ok' }))
  expect(all.begin(acme)).toMatchObject({ endedAt: null, symptoms: [] })
  await ended(all)
}, 30_000)

it('ends where it fails, and where nothing answers', async () => {
  const { clients } = town.guardpost.means
  const broken = visits(changed({ clients: { ...clients, forApp: () => fail() } }))
  broken.begin(acme)
  expect((await ended(broken)).symptoms).toEqual([
    { about: 'The doctor', found: expect.stringContaining('the log of this server says why'), level: 'unknown' },
  ])
  const silence = { get: () => new Promise<never>(() => {}) } as unknown as GitHub
  const silent = visits(changed({ clients: { ...clients, forApp: () => silence } }), 50)
  silent.begin(acme)
  expect((await ended(silent)).symptoms).toEqual([
    { about: 'The doctor', found: expect.stringContaining('no answer in time'), level: 'unknown' },
  ])
}, 30_000)

const fail = (): never => {
  throw new Error('a fault of ours')
}
