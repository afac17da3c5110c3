import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { newSetting } from '../../support/setting.ts'
import { control, deliver, everywhere, resource, type Town, twoOrganizations } from './two-organizations.ts'

let town: Town
beforeAll(async () => {
  town = await twoOrganizations()
})
afterAll(() => town.close())

interface Page {
  readonly items: { readonly id: number }[]
  readonly next: string | null
  readonly total?: number
}

const page = async (path: string): Promise<Page> => {
  const answer = await town.ask(everywhere(), path)
  expect(answer.status).toBe(200)
  return answer.json() as Promise<Page>
}

/** Adds one repository with a control, an activity, a run, a delivery and a setting, before or after all others. */
async function grow(n: number): Promise<void> {
  const { connection, organization } = town.acme
  const title = n % 2 ? `aaa/${n}` : `zzz/${n}`
  const made = await resource(town.store, connection, 'GitHub > Repository', `R_${n}`, organization, title, {})
  await control(town.store, made, 'GitHub > Repository > CMDB', n % 3 ? 'error' : 'ok')
  await deliver(town.store, connection, 'app', `guid-${n}`, 'processed')
  const place = { connectionId: connection.id, resourceId: made.id }
  const recommended = newSetting(place, 'GitHub > Repository > CMDB', 'Skip', { precedence: 'recommended' })
  await town.store.policies.set(recommended, 1_000)
}

it.each(['controls', 'resources', 'activities', 'deliveries', 'policy-settings'])(
  '%s are read to the end without doubles or gaps while more come',
  async (noun) => {
    const before = (await page(`/${noun}?limit=200`)).items.map(({ id }) => id)
    const seen: number[] = []
    let next: string | null = null
    let pages = 0
    do {
      const cursor: string = next === null ? '' : `&cursor=${next}`
      const { items, next: following, total }: Page = await page(`/${noun}?limit=2${cursor}`)
      expect(total).toBe(pages === 0 ? before.length : undefined)
      seen.push(...items.map(({ id }) => id))
      next = following
      if (pages < 6) await grow(noun.length * 100 + pages)
      pages++
    } while (next)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.filter((id) => before.includes(id))).toEqual(before)
  },
)

it('runs and versions are read to the end', async () => {
  const { acme, store } = town
  for (let n = 0; n < 5; n++)
    await control(store, acme.organization, 'GitHub > Organization > CMDB', n % 2 ? 'ok' : 'alarm')
  const judged = await store.controls.byResource(
    acme.connection.id,
    acme.organization.id,
    'GitHub > Organization > CMDB',
  )
  const seen: number[] = []
  let next: string | null = null
  do {
    const { items, next: following }: Page = await page(
      `/controls/${judged?.id}/runs?limit=2${next ? `&cursor=${next}` : ''}`,
    )
    seen.push(...items.map(({ id }) => id))
    next = following
  } while (next)
  expect(seen).toEqual((await store.controls.runs(acme.connection.id, judged?.id ?? 0, 100)).map(({ id }) => id))
  expect(seen).toHaveLength(6)
})

it.each(['cursor=x', 'cursor=W10', 'cursor=e30', 'limit=0', 'limit=201', 'limit=x', 'filter=stat:ok'])(
  'refuses %s with a remedy',
  async (query) => {
    const answer = await town.ask(everywhere(), `/controls?${query}`)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      type: 'about:blank',
      title: 'Bad request',
      status: 400,
      detail: expect.any(String),
    })
  },
)
