import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { signIn, signInFirst, type Visit, visit } from './visit.ts'

const handlers = 'GitHub > Organization > Event Handlers'

let here: Visit
let page: Page
let control: number

beforeAll(async () => {
  here = await visit()
  const { organization_hooks: _, ...permissions } = here.town.app.permissions
  here.town.org.createRepository({ name: 'web', visibility: 'private' })
  here.town.install({ permissions })
  await here.town.settle()
  control = (await here.town.control()).id
  page = await here.open({ viewport: { width: 1280, height: 800 } })
  await signInFirst(page, here.oneTimePassword)
}, 60_000)
afterAll(() => here?.close())
beforeEach(() => page.setViewportSize({ width: 1280, height: 800 }))

const main = (of = page) => of.getByRole('main')
const heading = (name: string, of = page) => of.getByRole('heading', { level: 1, name, exact: true })
const focused = () => page.evaluate('document.activeElement.textContent || document.activeElement.ariaLabel')

it('is used by the keyboard: skip link, the key for the filter, and the focus on the heading of each page', async () => {
  await page.goto('/controls?all')
  await main().getByRole('table').waitFor()
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Skip to the content')
  await page.keyboard.press('/')
  expect(await focused()).toBe('Filter')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Policies' }).press('Enter')
  await heading('Policies').waitFor()
  expect(await focused()).toBe('Policies')
}, 30_000)

it('keeps the filter in the address, so that the page can be shared', async () => {
  await page.goto('/controls?all')
  await main().getByRole('table').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('state:error')
  await main().getByText('1 control', { exact: true }).waitFor()
  expect(new URL(page.url()).searchParams.get('filter')).toBe('state:error')
  await page.reload()
  await main().getByText('1 control', { exact: true }).waitFor()
  await main().getByRole('button', { name: 'State: Error' }).click()
  await page.getByRole('menuitemradio', { name: 'OK' }).click()
  await main().getByText('acme/web').waitFor()
  expect(new URL(page.url()).searchParams.get('filter')).toBe('state:ok')
}, 30_000)

it('says in the words of the API what is wrong with a filter', async () => {
  await page.goto('/controls?filter=state:green')
  await main().getByText('state', { exact: false }).filter({ hasText: 'green' }).last().waitFor()
  await main().getByRole('button', { name: 'Try again' }).waitFor()
}, 30_000)

it('is light or dark as one likes, and stays so', async () => {
  const mode = () => page.evaluate('document.documentElement.dataset.colorMode')
  await page.goto('/controls')
  expect(await mode()).toBe('auto')
  await page.getByRole('button', { name: 'Light or dark' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  expect(await mode()).toBe('dark')
  await page.reload()
  expect(await mode()).toBe('dark')
  await page.getByRole('button', { name: 'Light or dark' }).click()
  await page.keyboard.press('Escape')
  expect(await page.getByRole('menuitemradio').count()).toBe(0)
}, 30_000)

it('has its places in a menu on a phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/controls')
  await page.getByRole('button', { name: 'Open the menu' }).click()
  await page.getByRole('menuitem', { name: 'Policies' }).click()
  await heading('Policies').waitFor()
}, 30_000)

it('runs, mutes and unmutes a control', async () => {
  await page.goto(`/controls/${control}`)
  const runs = main().getByRole('region', { name: 'Runs' }).getByRole('listitem')
  await runs.first().waitFor()
  const before = await runs.count()
  await main().getByRole('button', { name: 'Run control' }).click()
  await runs.nth(before).waitFor()
  await main().getByRole('button', { name: 'Mute' }).click()
  await page.getByRole('dialog').getByLabel('Why').fill('Known, and being mended')
  await page.getByRole('dialog').getByRole('button', { name: 'Mute' }).click()
  await main().getByText('Known, and being mended').first().waitFor()
  await main().getByRole('button', { name: 'Unmute' }).click()
  await main().getByRole('button', { name: 'Mute', exact: true }).waitFor()
}, 30_000)

it('has the doctor look: what is wrong comes first, with who mends it and where', async () => {
  const { connectionId } = await here.town.control()
  await page.goto(`/connections/${connectionId}`)
  await page.getByRole('link', { name: 'Doctor' }).click()
  await heading('Doctor of acme').waitFor()
  await main().getByText('Nobody has asked the doctor yet').waitFor()
  await main().getByRole('button', { name: 'Examine now' }).click()
  const wrong = main().getByRole('region', { name: 'Wrong' })
  const line = wrong.getByRole('listitem').filter({ hasText: 'Permission organization_hooks' })
  await line.getByText('What to do (an owner of acme)', { exact: false }).waitFor()
  expect(await line.getByRole('link').getAttribute('href')).toContain(here.town.sim.htmlUrl)
  const well = main().getByRole('region', { name: 'Well' })
  await well.getByText('agrees with GitHub’s').waitFor()
  expect(await main().getByRole('heading', { level: 2 }).first().textContent()).toBe('Wrong')
}, 30_000)

it('lets somebody else in, who sees what the role allows and is offered nothing else', async () => {
  await page.goto('/people')
  await main().getByRole('button', { name: 'Add a person' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'With a password' }).click()
  await dialog.getByLabel('Name').fill('dana')
  await dialog.getByRole('button', { name: 'Add' }).click()
  const oneTime = (await dialog.locator('pre').textContent()) ?? ''
  await dialog.getByRole('button', { name: 'Done' }).click()
  await main().getByRole('listitem').filter({ hasText: 'dana' }).getByRole('button', { name: 'Grant a role' }).click()
  await dialog.getByLabel('Where').selectOption('acme')
  await dialog.getByRole('button', { name: 'Grant' }).click()
  await main().getByRole('button', { name: 'Take back ReadOnly at acme' }).waitFor()

  const theirs = await here.open({ viewport: { width: 1280, height: 800 } })
  await signIn(theirs, 'dana', oneTime, 'another long password')
  await theirs.getByRole('link', { name: handlers }).click()
  await main(theirs).getByRole('row').getByRole('link', { name: 'acme' }).click()
  await main(theirs).getByText('What GitHub was asked').waitFor()
  expect(await main(theirs).getByRole('button', { name: 'Run control' }).count()).toBe(0)
  await theirs.getByRole('link', { name: 'Policies' }).click()
  await main(theirs).getByText('State only').or(main(theirs).getByText('Detail in Public')).first().waitFor()
  expect(await main(theirs).getByRole('link', { name: 'New policy setting' }).count()).toBe(0)
  await theirs.getByRole('link', { name: 'Connections' }).click()
  await main(theirs).getByRole('link', { name: 'acme', exact: true }).click()
  await heading('acme', theirs).waitFor()
  expect(await main(theirs).getByRole('link', { name: 'Remove' }).count()).toBe(0)
  await theirs.getByRole('link', { name: 'People' }).click()
  await main(theirs).getByText('This one').waitFor()
  expect(await main(theirs).getByRole('button', { name: 'Add a person' }).count()).toBe(0)
}, 60_000)

it('asks to sign in again where the session was ended', async () => {
  const theirs = await here.open()
  await signIn(theirs, 'dana', 'another long password')
  await page.goto('/people')
  await main()
    .getByRole('region', { name: 'Sessions' })
    .getByRole('button', { name: /^End the session of dana/ })
    .first()
    .click()
  await theirs.getByRole('link', { name: 'Activity' }).click()
  await heading('Sign in to Guardpost', theirs).waitFor()
}, 30_000)

it('lets owners in by GitHub’s own page, back to where they wanted to be', async () => {
  const theirs = await here.open()
  await theirs.goto('/')
  await theirs.getByRole('link', { name: 'Sign in with GitHub' }).click()
  await theirs.getByRole('heading', { name: 'Authorize Guardpost' }).waitFor()
  await theirs.getByRole('button', { name: 'Cancel' }).click()
  await theirs.getByText('GitHub says that you did not permit it.', { exact: false }).waitFor()
  await theirs.goto('/')
  await theirs.getByRole('link', { name: 'Sign in with GitHub' }).click()
  await theirs.getByRole('button', { name: 'Authorize as acme-owner' }).click()
  await heading('Controls', theirs).waitFor()
  await theirs.getByRole('link', { name: 'Connections' }).click()
  const acme = main(theirs).getByRole('link', { name: 'acme', exact: true })
  await acme.waitFor()
  expect(await main(theirs).getByRole('link', { name: 'Connect an organization' }).count()).toBe(0)
  await acme.click()
  await main(theirs).getByRole('link', { name: 'Remove' }).waitFor()
}, 30_000)

it('says that it reconnects while the server is away, and is up to date after', async () => {
  await page.goto('/resources?all')
  await page.getByText('Live', { exact: true }).waitFor()
  const port = Number(new URL(here.town.address).port)
  const before = here.faults.length
  await here.town.stop()
  await page.getByText('Reconnecting', { exact: true }).waitFor()
  here.town.org.createRepository({ name: 'meanwhile', visibility: 'private' })
  await here.town.start(port)
  await page.getByText('Live', { exact: true }).waitFor({ timeout: 20_000 })
  await main().getByRole('link', { name: 'acme/meanwhile', exact: true }).waitFor()
  const meanwhile = here.faults.splice(before)
  expect(meanwhile.filter((fault) => !fault.includes('net::ERR_'))).toEqual([])
}, 60_000)

it('did all that without an error in the browser', () => {
  expect(here.faults).toEqual([])
})
