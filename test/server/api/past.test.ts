import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { at, everywhere, type Town, twoOrganizations } from './two-organizations.ts'

let town: Town
let web: number
beforeAll(async () => {
  town = await twoOrganizations()
  const { connection, organization } = town.acme
  const write = async (
    nodeId: string,
    version: number,
    title: string,
    more: Parameters<typeof change>[3],
    at: number,
  ) => change({ connectionId: connection.id, nodeId, version }, title, organization.id, more, at)
  web = (await write('R_web', 1, 'acme/web', { data: { visibility: 'private' } }, 10_000)).id
  await write('R_web', 2, 'acme/site', { data: { visibility: 'public' } }, 20_000)
  await write('R_brief', 1, 'acme/brief', {}, 30_000)
  await write('R_brief', 2, 'acme/brief', { goneAt: 40_000, goneReason: 'deleted' }, 40_000)
  await write(
    'R_web',
    3,
    'acme/site',
    { data: { visibility: 'public' }, goneAt: 50_000, goneReason: 'deleted' },
    50_000,
  )
})
afterAll(() => town.close())

async function change(
  of: { connectionId: number; nodeId: string; version: number },
  title: string,
  parentId: number,
  more: Partial<Parameters<Town['store']['resources']['write']>[1]['resource']>,
  at: number,
) {
  const made = { ...town.acme.organization, type: 'GitHub > Repository', parentId, title, ...of, ...more }
  return town.store.resources.write(of.connectionId, { resource: made, activity: null }, at)
}

const time = (second: number) => `1970-01-01T00:00:${String(second).padStart(2, '0')}.000Z`
async function ask(path: string, holdings = everywhere()) {
  const answer = await town.ask(holdings, path)
  return { status: answer.status, ...JSON.parse(await answer.text()) }
}
const titles = async (path: string) => {
  const { items } = await ask(path)
  return items.map(({ title }: { title: string }) => title)
}

it('a resource is answered as it was at a moment, whatever zone that is written in', async () => {
  expect(await ask(`/resources/${web}?as-of=1970-01-01T01:00:15%2B01:00`)).toEqual({
    status: 200,
    id: web,
    connectionId: town.acme.connection.id,
    type: 'GitHub > Repository',
    title: 'acme/web',
    asOf: time(15),
    parentId: town.acme.organization.id,
    version: 1,
    at: time(10),
    revision: null,
    goneAt: null,
    goneReason: null,
    nodeId: 'R_web',
    data: { visibility: 'private' },
  })
  expect(await ask(`/resources/${web}?as-of=${time(55)}`)).toMatchObject({ goneAt: time(50), goneReason: 'deleted' })
})

it('says why there is nothing to say of a moment', async () => {
  const detail = async (path: string) => {
    const { status, detail } = await ask(path)
    return `${status} ${detail}`
  }
  expect(await detail(`/resources/${web}?as-of=${time(9)}`)).toBe(
    `404 acme/site was not recorded yet at ${time(9)}; it is since ${time(10)}.`,
  )
  expect(await detail(`/resources/${web}?as-of=2999-01-01T00:00:00Z`)).toContain('400 `as-of` is still to come.')
  expect(await detail(`/resources/${web}?as-of=yesterday`)).toContain(
    '400 The address does not fit. as-of: is no moment',
  )
  expect(await detail(`/resources/${web}/difference?from=${time(9)}&to=${time(8)}`)).toContain(
    '400 `from` is after `to`',
  )
  expect(await detail(`/resources?as-of=${time(9)}&filter=state:ok`)).toContain('400')
})

it('lists what was there, filtered by what was so then, in pages', async () => {
  const { organization } = town.acme
  expect(await titles(`/resources?as-of=${time(15)}&filter=web`)).toEqual(['acme/web'])
  expect(await titles(`/resources?as-of=${time(25)}&filter=web`)).toEqual([])
  expect(await titles(`/resources?as-of=${time(35)}&filter=brief`)).toEqual(['acme/brief'])
  expect(await titles(`/resources?as-of=${time(45)}&filter=brief`)).toEqual([])
  expect(await titles(`/resources?as-of=${time(45)}&filter=brief+gone:true`)).toEqual(['acme/brief'])
  expect(await titles(`/resources?as-of=${time(1)}`)).toEqual([])
  const all = ['acme/repo-0', 'acme/repo-1', 'acme/repo-2', 'acme/web']
  const query = `/resources?as-of=${time(15)}&limit=3&filter=parent:${organization.id}`
  const first = await ask(query)
  expect(first.items.map(({ title }: { title: string }) => title)).toEqual(all.slice(0, 3))
  expect(await titles(`${query}&cursor=${first.next}`)).toEqual(all.slice(3))
})

it('tells the difference between two moments of a resource', async () => {
  const difference = (from: number, to: number) => ask(`/resources/${web}/difference?from=${time(from)}&to=${time(to)}`)
  expect(await difference(15, 25)).toEqual({
    status: 200,
    from: time(15),
    to: time(25),
    before: { version: 1, at: time(10), title: 'acme/web', goneAt: null },
    after: { version: 2, at: time(20), title: 'acme/site', goneAt: null },
    beforeKept: true,
    kind: 'changed',
    changes: [{ field: 'visibility', before: 'private', after: 'public' }],
  })
  expect(await difference(5, 15)).toMatchObject({ kind: 'found', before: null, beforeKept: true })
  expect(await difference(25, 26)).toMatchObject({ kind: null, changes: [] })
  expect(await difference(25, 55)).toMatchObject({ kind: 'gone', after: { goneAt: time(50) } })
})

it('tells what was found, changed and went below a resource, the last first, and nothing that is again as it was', async () => {
  const { organization, repositories } = town.acme
  const changes = async (of: number, query: string, holdings = everywhere()) => {
    const { items, next } = await ask(`/resources/${of}/changes?${query}`, holdings)
    type Item = { kind: string; resource: { title: string }; at: string }
    return { next, all: items.map(({ kind, resource, at }: Item) => `${kind} ${resource.title} ${at.slice(17, 19)}`) }
  }
  const all = async (from: number, to: number) =>
    (await changes(organization.id, `from=${time(from)}&to=${time(to)}`)).all
  expect(await all(15, 35)).toEqual(['found acme/brief 30', 'changed acme/site 20'])
  expect(await all(25, 45)).toEqual([])
  expect(await all(15, 55)).toEqual(['gone acme/site 50'])
  expect(await all(45, 49)).toEqual([])
  expect((await changes(web, `from=${time(15)}&to=${time(35)}`)).all).toEqual(['changed acme/site 20'])
  const [one] = repositories
  if (!one) throw new Error('There is no repository.')
  expect((await changes(one.id, `from=${time(1)}`, at(one))).all).toEqual(['found acme/repo-0 02'])
  expect((await ask(`/resources/${organization.id}/changes?from=${time(1)}`, at(one))).status).toBe(404)
  const query = `from=${time(15)}&to=${time(35)}&limit=1`
  const first = await changes(organization.id, query)
  expect(first.all).toEqual(['found acme/brief 30'])
  expect(await changes(organization.id, `${query}&cursor=${first.next}`)).toEqual({
    next: null,
    all: ['changed acme/site 20'],
  })
})

it('does not make up what was before the time that is kept', async () => {
  const { store, acme } = town
  await store.retention.prune('versions', 25_000, 0, 1_000)
  const old = await ask(`/resources/${web}?as-of=${time(15)}`)
  expect([old.status, old.detail]).toEqual([
    404,
    `What acme/site was at ${time(15)} is no longer kept. Its versions show what is.`,
  ])
  const difference = await ask(`/resources/${web}/difference?from=${time(15)}&to=${time(35)}`)
  expect(difference).toMatchObject({ before: null, beforeKept: false, kind: null, changes: [] })
  const { items } = await ask(`/resources/${acme.organization.id}/changes?from=${time(15)}&to=${time(35)}`)
  expect(items).toMatchObject([
    { kind: 'found', resource: { title: 'acme/brief' }, beforeKept: true },
    { kind: 'changed', resource: { title: 'acme/site' }, beforeKept: false, changes: [] },
  ])
})

it('looks at so many for one page, and goes on from there', async () => {
  const { connection, organization, repositories } = town.other
  await town.store.transaction(async ({ resources }) => {
    for (let n = 0; n < 1_001; n++)
      await resources.write(
        connection.id,
        {
          resource: {
            ...organization,
            type: 'GitHub > Repository',
            nodeId: `R_many_${n}`,
            parentId: organization.id,
            title: `many-${String(n).padStart(4, '0')}`,
            version: 1,
            ...(n < 1_000 && { goneAt: 60_000 }),
          },
          activity: null,
        },
        60_000,
      )
  })
  const words = `as-of=1970-01-01T00:02:00Z&filter=many+connection:${connection.login}`
  const first = await ask(`/resources?${words}`)
  expect([first.items, first.next]).toEqual([[], expect.any(String)])
  const second = await ask(`/resources?${words}&cursor=${first.next}`)
  expect([second.items, second.next]).toMatchObject([[{ title: 'many-1000' }], null])
  const [one] = repositories
  const changes = `/resources/${one?.id}/changes?from=${time(1)}`
  const newest = await ask(changes)
  expect([newest.items, newest.next]).toEqual([[], expect.any(String)])
  const rest = await ask(`${changes}&cursor=${newest.next}`)
  expect([rest.items, rest.next]).toMatchObject([[{ kind: 'found', id: one?.id }], null])
})
