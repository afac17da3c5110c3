import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { apiClient } from '../../../src/server/api/client.ts'
import { at, everywhere, type Town, twoOrganizations } from './two-organizations.ts'

let town: Town
beforeAll(async () => {
  town = await twoOrganizations()
})
afterAll(() => town.close())

const list = async (path: string, holdings = everywhere()) => {
  const answer = await town.ask(holdings, path)
  expect(answer.status).toBe(200)
  return answer.json() as Promise<{ items: Record<string, unknown>[]; next: string | null; total?: number }>
}

it('controls come the worst first, then by title', async () => {
  const { items, next, total } = await list('/controls')
  expect(items.map(({ state, resource }) => [state, (resource as { title: string }).title])).toEqual([
    ['error', 'acme/repo-2'],
    ['error', 'canary-5f3a/repo-2'],
    ['alarm', 'acme/repo-1'],
    ['alarm', 'canary-5f3a/repo-1'],
    ['tbd', 'acme'],
    ['tbd', 'canary-5f3a'],
    ['ok', 'acme/repo-0'],
    ['ok', 'canary-5f3a/repo-0'],
  ])
  expect([next, total]).toEqual([null, 8])
})

it('types of control count those that may be seen', async () => {
  const { items } = await list('/control-types', at(town.acme.organization))
  const counted = items.filter(({ states }) => Object.keys(states as object).length > 0)
  expect(counted.map(({ path, states, muted }) => [path, states, muted])).toEqual([
    ['GitHub > Organization > CMDB', { tbd: 1 }, 0],
    ['GitHub > Repository > CMDB', { ok: 1, alarm: 1, error: 1 }, 0],
  ])
  expect(items.map(({ path }) => path)).toContain('GitHub > Organization > Event Handlers')
})

it('what is under a resource is what lies below it, and not the resource itself', async () => {
  const titles = async (place: { id: number }, more = '') =>
    (await list(`/resources?filter=under:${place.id}${more}`)).items.map(({ title }) => title)
  const [repository] = town.acme.repositories
  if (!repository) throw new Error('There is no repository.')
  expect(await titles(town.acme.organization)).toEqual(['acme/repo-0', 'acme/repo-1', 'acme/repo-2'])
  expect(await titles(repository)).toEqual([])
  expect(await titles(town.acme.organization, `,${repository.id}`)).toContain('acme/repo-0')
  const controls = await list(`/controls?filter=under:${town.acme.organization.id}`)
  expect(controls.total).toBe(4)
})

it('one control and one resource are told', async () => {
  const { items } = await list('/controls?filter=state:alarm%20acme')
  const control = await (await town.ask(everywhere(), `/controls/${items[0]?.id}`)).json()
  expect(control).toMatchObject({ state: 'alarm', value: 'Enforce: Enabled', pending: false, mute: null })
  const resources = await list('/resources?filter=type:%22github%20%3E%20repository%22%20repo-1')
  const resource = await (await town.ask(everywhere(), `/resources/${resources.items[0]?.id}`)).json()
  expect(resource).toMatchObject({
    title: 'acme/repo-1',
    worst: 'alarm',
    path: [{ title: 'acme' }],
    controls: { alarm: 1 },
  })
})

it('a typed client asks the same', async () => {
  const client = apiClient(town.address, { headers: { 'x-held': JSON.stringify(everywhere()) } })
  const answer = await client.controls.$get({ query: { filter: 'state:alarm acme' } })
  if (answer.status !== 200) throw new Error(`It answered ${answer.status}.`)
  const [row] = (await answer.json()).items
  const one = await client.controls[':id'].$get({ param: { id: String(row?.id) } })
  expect(await one.json()).toMatchObject({ title: 'What is recorded of the repository is what GitHub says.' })
})

it('nobody is told nothing', async () => {
  const answer = await town.ask(null, '/controls')
  expect(answer.status).toBe(401)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
})
