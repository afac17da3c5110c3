import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Installation } from '../../src/simulator/installation.ts'
import { signInFirst, type Visit, visit } from './visit.ts'

const handlers = 'GitHub > Organization > Event Handlers'

let here: Visit
let page: Page
let installation: Installation

beforeAll(async () => {
  here = await visit()
  page = await here.open({ viewport: { width: 1280, height: 800 } })
}, 60_000)
afterAll(() => here?.close())

const go = (place: string) =>
  page.getByRole('navigation', { name: 'Guardpost' }).getByRole('link', { name: place }).click()
const main = () => page.getByRole('main')
const state = () => main().getByRole('region', { name: 'State', exact: true })

// One walk: each step begins where the one before ended, and after signing in no address is typed and no page reloaded.
it('lets the first administrator in, who chooses a password', async () => {
  await signInFirst(page, here.oneTimePassword)
  await page.getByText('Live', { exact: true }).waitFor()
  await main().getByRole('heading', { name: 'No controls yet' }).waitFor()
}, 30_000)

it('shows an organization as soon as the App is installed on it', async () => {
  await go('Connections')
  await main().getByRole('heading', { name: 'No organization is connected' }).waitFor()
  const { organization_hooks: _, ...permissions } = here.town.app.permissions
  installation = here.town.sim.install(here.town.app, here.town.org, { permissions })
  await main().getByRole('link', { name: 'acme', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'acme' }).waitFor()
  await main().getByText('1 missing').waitFor()
}, 30_000)

it('shows the control in Error with its remedy', async () => {
  await go('Controls')
  await main().getByRole('link', { name: handlers }).click()
  await main().getByRole('heading', { name: 'Descendant' }).waitFor()
  await main().getByRole('row').filter({ hasText: 'Error' }).getByRole('link', { name: 'acme' }).click()
  await state().getByText('Error', { exact: true }).waitFor()
  await state().getByText('organization_hooks: write').first().waitFor()
  await state().getByText('Who can do it: an owner of acme.').waitFor()
  const there = await state().getByRole('link', { name: 'Open the page where it is done' }).getAttribute('href')
  expect(there).toMatch(/\/organizations\/acme\/settings\/installations\/\d+\/permissions\/update$/)
}, 30_000)

it('turns OK before one’s eyes when the owner accepts', async () => {
  installation.grant()
  await state().getByText('OK', { exact: true }).waitFor()
  await state().getByText('Configured').waitFor()
}, 30_000)

it('takes a new policy setting, and enforces it', async () => {
  await go('Policies')
  await main().getByRole('link', { name: 'New policy setting' }).click()
  await main().getByRole('textbox', { name: 'Policy type' }).fill('event handlers')
  await main().getByRole('list', { name: 'Policy types' }).getByRole('button').first().click()
  await main().getByRole('list', { name: 'Resources' }).getByRole('button', { name: 'acme' }).click()
  await main().getByRole('radio', { name: 'Enforce: Enabled' }).click()
  await main().getByLabel('Note').fill('The guide says so')
  await main().getByRole('button', { name: 'Create' }).click()
  await main().getByRole('row').filter({ hasText: 'Enforce: Enabled' }).waitFor()
  await main().getByRole('link', { name: 'Its controls' }).click()
  await main().getByRole('row').getByRole('link', { name: 'acme' }).click()
  await main().getByText('Enforce: Enabled').first().waitFor()
  await state().getByText('OK', { exact: true }).waitFor()
  await state().getByText('Configured').waitFor()
}, 30_000)

it('has a new repository in the Descendant list without being asked again', async () => {
  await go('Resources')
  await main().getByRole('link', { name: 'acme', exact: true }).click()
  await main().getByRole('link', { name: 'Descendant' }).click()
  await main().getByRole('table').waitFor()
  expect(await main().getByRole('link', { name: 'acme/payments' }).count()).toBe(0)
  here.town.org.createRepository({ name: 'payments', visibility: 'private', sender: 'dana' })
  await main().getByRole('link', { name: 'acme/payments' }).waitFor()
}, 30_000)

it('removes the organization, its name typed', async () => {
  await go('Connections')
  await main().getByRole('link', { name: 'acme', exact: true }).click()
  await main().getByRole('link', { name: 'Remove' }).click()
  const remove = main().getByRole('button', { name: 'Remove the organization' })
  await main().getByLabel('Type “acme” to confirm').fill('acm')
  expect(await remove.isDisabled()).toBe(true)
  await main().getByLabel('Type “acme” to confirm').fill('acme')
  await remove.click()
  await main().getByRole('heading', { name: 'acme is removed' }).waitFor()
  await main().getByRole('link', { name: 'Go to Connections' }).click()
  await main().getByRole('heading', { name: 'No organization is connected' }).waitFor()
  expect(here.town.org.hooks).toEqual([])
  expect(here.town.reporting.issues.map((issue) => issue.state)).toEqual(['closed'])
}, 30_000)

it('did all that without an error in the browser', () => {
  expect(here.faults).toEqual([])
})
