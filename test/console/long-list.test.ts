import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Page, Request } from 'playwright-core'
import { signInFirst, type Visit, visit } from './visit.ts'

const many = 450

let here: Visit
let page: Page

beforeAll(async () => {
  here = await visit()
  here.town.install()
  await here.town.settle()
  const { store } = here.town.guardpost.means
  const { connectionId } = await here.town.control()
  const known = await store.resources.byTitle(connectionId, 'GitHub > Repository', 'acme/.github-private')
  if (!known) throw new Error('acme/.github-private is not recorded.')
  const { id: _, createdAt: __, ...resource } = known
  await store.transaction(async (tx) => {
    for (let number = 1; number <= many; number++) {
      const name = `r${String(number).padStart(3, '0')}`
      const made = { ...resource, nodeId: `R_${name}`, title: `acme/${name}`, version: 1 }
      const { id } = await tx.resources.write(connectionId, { resource: made, activity: null }, 0)
      await tx.controls.ensure(connectionId, id, 'GitHub > Repository > CMDB', 0)
    }
  })
  page = await here.open({ viewport: { width: 1280, height: 800 } })
  await signInFirst(page, here.oneTimePassword)
}, 60_000)
afterAll(() => here?.close())

it('scrolls to the end of a long list, with no more rows in the page than are in view', async () => {
  await page.goto(`/controls?${new URLSearchParams({ type: 'GitHub > Repository > CMDB' })}`)
  const rows = page.getByRole('main').getByRole('row')
  await page.getByText(`${many + 1} controls`, { exact: true }).waitFor()
  const last = rows.filter({ hasText: 'OK' })
  while ((await last.count()) === 0) {
    await page.mouse.move(600, 600)
    await page.mouse.wheel(0, 3_000)
    await rows.nth(1).waitFor()
    expect(await rows.count()).toBeLessThan(80)
  }
  expect(await last.getAttribute('aria-rowindex')).toBe(String(many + 2))
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(many + 2))
}, 60_000)

it('asks again for what is in view only, when something changes far down a list', async () => {
  const asked = new Set<string>()
  const note = (request: Request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname === '/api/v1/controls') asked.add(searchParams.get('cursor') ?? 'first')
  }
  page.on('request', note)
  here.town.org.createRepository({ name: 'zebra', visibility: 'private' })
  await page.getByText(`${many + 2} controls`, { exact: true }).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'acme/zebra' }).waitFor()
  page.off('request', note)
  expect(asked).toContain('first')
  expect(asked.size).toBeGreaterThan(1)
  expect(asked.size).toBeLessThanOrEqual(3)
}, 30_000)

it('finds one among them', async () => {
  await page.keyboard.press('/')
  await page.keyboard.type('r377')
  await page.getByText('1 control', { exact: true }).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'acme/r377' }).click()
  await page.getByRole('heading', { level: 1, name: 'GitHub > Repository > CMDB on acme/r377' }).waitFor()
  expect(here.faults).toEqual([])
}, 30_000)
