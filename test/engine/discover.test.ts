import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { discoverTypeJob } from '../../src/engine/jobs.ts'
import type { Means } from '../../src/engine/means.ts'
import { startWorker, type Worker } from '../../src/engine/worker.ts'
import { Refusal } from '../../src/model/github.ts'
import { repository } from '../../src/resources/repository.ts'
import { repositorySecurity } from '../../src/resources/repository-security.ts'
import { recordingGitHub } from '../controls/recording-github.ts'
import { type Recorded, recorded, now as start } from './recorded.ts'

let town: Recorded
let worker: Worker
let now: number
let listed: object[]
let routes: () => string[]
/** What GitHub does when the page after a cursor is asked for. */
let refuse: (cursor: unknown) => Refusal | null
let asked: unknown[]
let said: object[]

const node = (id: string) => ({
  id,
  name: id,
  nameWithOwner: `acme/${id}`,
  visibility: 'PRIVATE',
  updatedAt: '2026-01-15T12:00:00Z',
  owner: { id: 'O_1', login: 'acme' },
  repositoryTopics: { nodes: [] },
})
const pages: Readonly<Record<string, object>> = {
  null: { totalCount: 3, nodes: [node('R_1')], pageInfo: { hasNextPage: true, endCursor: 'two' } },
  two: { totalCount: 3, nodes: [node('R_2')], pageInfo: { hasNextPage: true, endCursor: 'three' } },
  three: { totalCount: 3, nodes: [node('R_3')], pageInfo: { hasNextPage: false, endCursor: null } },
}

const web = { id: 1, node_id: 'R_web', full_name: 'acme/web' }
const silver = {
  ...{ repository_id: 1, repository_name: 'web', repository_full_name: 'acme/web' },
  properties: [{ property_name: 'tier', value: 'silver' }],
}

beforeEach(async () => {
  town = await recorded()
  now = start
  refuse = () => null
  asked = []
  said = []
  listed = []
  const { github, asked: calls } = recordingGitHub({
    'query RepositoriesOfOrganization': ({ cursor }) => {
      asked.push(cursor)
      const refusal = refuse(cursor)
      if (refusal) throw refusal
      return { data: { node: { repositories: pages[String(cursor)] } }, errors: [] }
    },
    'query RepositoriesById': () => ({ data: { nodes: [] }, errors: [] }),
    'GET /orgs/{org}/repos': () => ({ data: listed }),
    'GET /orgs/{org}/properties/values': () => ({ data: [silver] }),
  })
  routes = () => calls.splice(0).map(({ route }) => route)
  const log = { debug: () => {}, info: (fields: object) => void said.push(fields), warn: () => {}, error: () => {} }
  worker = startWorker({
    store: town.store,
    clients: { readerFor: async () => github, forConnection: async () => null, forApp: () => null, budgets: () => [] },
    reporters: [],
    addresses: { appHook: '', hook: () => '', control: () => null },
    clock: () => now,
    random: () => 0.5,
    log,
    meter: { worked: () => {}, failed: () => {}, answered: () => {}, asked: () => {} },
  } as unknown as Means)
})
afterEach(async () => {
  await worker.stop()
  await town.close()
})

const recordedNames = async () =>
  (await town.store.resources.list(town.connection.id, { type: 'GitHub > Repository' })).map(({ nodeId }) => nodeId)

it('put off by a limit of GitHub’s goes on where it was, and says how far that is', async () => {
  await town.repository('gone-by-now')
  refuse = (cursor) =>
    cursor === 'three' ? new Refusal({ code: 'rate-limited', reason: 'Slow down.' }, 403, start + 60_000) : null
  await town.store.jobs.enqueue([discoverTypeJob(town.connection.id, repository, 'a test', now)])
  await worker.idle()
  expect(asked).toEqual([null, 'two', 'three'])
  expect(await town.store.jobs.list('queued', 9)).toMatchObject([
    { kind: 'discover', runAt: start + 60_000, error: 'Slow down.', payload: { progress: { count: 2, total: 3 } } },
  ])
  expect(said).toContainEqual(expect.objectContaining({ count: 2, total: 3 }))

  refuse = () => null
  now = start + 60_000
  await worker.idle()
  expect(asked).toEqual([null, 'two', 'three', 'three'])
  expect((await recordedNames()).toSorted()).toEqual(['R_1', 'R_2', 'R_3', 'R_gone-by-now'])
  // Only what no page of the whole pass showed is read by itself.
  expect((await town.store.jobs.list('queued', 9)).map(({ payload }) => payload)).toMatchObject([
    { type: 'GitHub > Repository', why: 'rhythm' },
    { type: 'GitHub > Connection', why: 'discovery' },
    { type: 'GitHub > Repository', nodeId: 'R_gone-by-now' },
  ])
})

it('begins anew where GitHub no longer knows the place it was at', async () => {
  refuse = (cursor) =>
    cursor === 'two' ? new Refusal({ code: 'rate-limited', reason: 'Slow down.' }, 403, start + 60_000) : null
  await town.store.jobs.enqueue([discoverTypeJob(town.connection.id, repository, 'a test', now)])
  await worker.idle()
  now = start + 60_000
  const before = asked.length
  refuse = (cursor) =>
    cursor === 'two' && asked.length === before + 1
      ? new Refusal({ code: 'refused', reason: 'No such cursor.' }, 200)
      : null
  await worker.idle()
  expect(asked).toEqual([null, 'two', 'two', null, 'two', 'three'])
})

it('takes custom properties from the list of repositories, and asks for them where that does not tell them', async () => {
  await town.repository('web', { data: { databaseId: 1 } })
  const discover = async () => {
    await town.store.jobs.enqueue([discoverTypeJob(town.connection.id, repositorySecurity, 'a test', now)])
    await worker.idle()
  }
  const known = async () => {
    const found = await town.store.resources.list(town.connection.id, { type: 'GitHub > Custom Property Values' })
    return found.map(({ data, goneAt }) => [data.properties, goneAt])
  }
  listed = [{ ...web, custom_properties: { tier: 'gold' } }]
  await discover()
  expect([await known(), routes()]).toEqual([[[{ tier: 'gold' }, null]], ['GET /orgs/{org}/repos']])
  // As an Enterprise Server before 3.18 says it.
  listed = [web]
  now += 1
  await discover()
  const both = ['GET /orgs/{org}/repos', 'GET /orgs/{org}/properties/values']
  expect([await known(), routes()]).toEqual([[[{ tier: 'silver' }, null]], both])
})
