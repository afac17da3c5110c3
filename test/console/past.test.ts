import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { signInFirst, type Visit, visit } from './visit.ts'

let here: Visit
let page: Page
let repository: number

beforeAll(async () => {
  here = await visit()
  const { town } = here
  town.install()
  await town.settle()
  const web = town.org.createRepository({ name: 'web', visibility: 'private' })
  await town.settle()
  web.rename('site')
  await town.settle()
  const { store } = town.guardpost.means
  const { connectionId } = await town.control()
  repository = (await store.resources.byTitle(connectionId, 'GitHub > Repository', 'acme/site'))?.id ?? 0
  page = await here.open({ viewport: { width: 1280, height: 800 } })
  await signInFirst(page, here.oneTimePassword)
}, 60_000)
afterAll(() => here?.close())

const main = () => page.getByRole('main')
const row = (name: string) => main().getByRole('row').filter({ hasText: name }).first()

it('goes back in time by buttons, by the keyboard and by the address, and marks what differs from now', async () => {
  await page.goto(`/resources/${repository}`)
  await main().getByRole('heading', { name: 'acme/site' }).waitFor()
  await main().getByRole('button', { name: 'Version before' }).click()
  await main()
    .getByText(/: version \d/)
    .waitFor()
  // There is no version before the first: a click that comes too late for it finds the button disabled.
  const before = main().getByRole('button', { name: 'Version before' })
  while (!(await main().getByText('version 1,').isVisible())) await before.click({ timeout: 1_000 }).catch(() => {})
  await main().getByText('Its name was acme/web.').waitFor()
  expect(new URL(page.url()).searchParams.get('as-of')).toMatch(/Z$/)
  expect(await row('nameWithOwner').textContent()).toMatch(/acme\/webDiffers\s*acme\/site/)
  expect(await row('visibility').textContent()).toContain('the same')
  await page.reload()
  await main().getByText('Its name was acme/web.').waitFor()
  const slider = main().getByRole('slider', { name: 'Moment' })
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/\d/)
  await slider.press('End')
  await main().getByRole('columnheader', { name: 'Known by' }).waitFor()
  expect([new URL(page.url()).search, await slider.getAttribute('aria-valuetext')]).toEqual(['', 'Now'])
  await page.goto(`/resources/${repository}?as-of=2001-01-01T00:00:00Z`)
  await main().getByText('was not recorded yet').waitFor()
}, 30_000)

it('compares two moments, of a resource and of all below it', async () => {
  await page.goto(`/resources/${repository}?tab=compare`)
  await main()
    .getByText(/changed, from version 1 to version \d/)
    .waitFor()
  await main().getByRole('link', { name: 'acme', exact: true }).click()
  await page.getByRole('link', { name: 'Compare' }).click()
  await main().getByLabel('From').fill('2001-01-01T00:00:00')
  await main().getByRole('table').getByRole('link', { name: 'acme/site', exact: true }).waitFor()
  expect(new URL(page.url()).searchParams.get('from')).toMatch(/^200[01]-/)
  expect(here.faults).toEqual([])
}, 30_000)
