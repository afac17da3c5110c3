import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { violations } from '../console/axe.ts'
import { type Newcomer, newcomer } from './newcomer.ts'

const guide = readFileSync(new URL('../../docs/getting-started.md', import.meta.url), 'utf8')
const { GUARDPOST_PAGES: pictures } = process.env

let me: Newcomer
beforeAll(async () => {
  me = await newcomer()
}, 60_000)
afterAll(() => me?.close())

/** The page as it is now is fit for everybody, light and dark, on a desk and on a phone. */
async function look(name: string): Promise<void> {
  const { page } = me
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    if (pictures)
      await page.screenshot({ path: join(pictures, `set-up-${name}-${colorScheme}-${width}.png`), fullPage: true })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    expect(await violations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  expect(await page.title()).toMatch(/ · Guardpost$/)
}

it('goes from an empty folder to states by clicks, as the guide has it', async () => {
  const { page, step } = me
  const server = me.start('start')
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
  const address = await me.hears(server.said, /(http:\/\/127\.0\.0\.1:\d+\/set-up\?code=\S+)/)

  await page.goto(me.address)
  await page.getByLabel('One-time code').fill('abcd-efgh-jkmn-pqrs-tuvw')
  await press('Continue')
  await page.getByRole('alert').getByText('That is not the code').waitFor()
  await look('code')
  await step('Open the address that the terminal shows', () => page.goto(address))
  await page.getByRole('heading', { name: 'Set up Guardpost' }).waitFor()
  await look('begin')
  await press('Continue')
  await page.getByRole('alert').getByText('Which organization?').waitFor()
  await look('begin-wrong')
  await step('Name the organization', () => page.getByLabel('Organization', { exact: true }).fill('acme'))
  await page.getByText('GitHub cannot reach this machine').click()
  await page.getByLabel('Channels are made at').fill(me.smee.newUrl)
  await step('Continue', () => page.getByLabel('Organization', { exact: true }).press('Enter'))
  await page.getByRole('heading', { name: 'Create the App on GitHub' }).waitFor()
  await look('create')
  await step('Create it on', () => press(/^Create it on /))
  await step('Create GitHub App for', () => press('Create GitHub App for acme'))
  await page.getByRole('heading', { name: 'Install the App' }).waitFor()
  await look('install')
  await step('Install it on', () => page.getByRole('link', { name: /^Install it on / }).click())
  await step('Install on', () => press('Install on acme'))
  await step('Sign in with GitHub', () => page.getByRole('link', { name: 'Sign in with GitHub' }).click())
  await step('Authorize', () => press('Authorize as olga'))
  await page.getByRole('heading', { name: 'Controls', exact: true }).waitFor()
  await page.goto(`${me.address}/controls?all`)
  await page.getByRole('table').getByText('acme/web').first().waitFor()
  await page.getByRole('table').getByText('OK', { exact: true }).first().waitFor()
  process.stderr.write(`From an empty folder by clicks: ${me.steps.length} steps, ${me.seconds()} s\n`)

  for (const each of me.steps) expect(guide).toContain(`**${each}`)
  expect(me.faults).toEqual([])
  expect(me.sim.judged).toEqual([])
  const [app] = me.sim.requests.filter(({ route }) => route === 'POST /app-manifests/{code}/conversions')
  expect(app?.status).toBe(201)
  expect(server.said()).not.toMatch(/PRIVATE KEY|smee\.example:\d+\/./)
}, 60_000)

it('keeps all that for the next start, which the App’s deliveries reach by the channel', async () => {
  await me.stopAll()
  const server = me.start('start')
  await me.hears(server.said, /(Webhooks come by the proxy)/)
  me.org.createRepository({ name: 'arrives', visibility: 'private', sender: 'dana' })
  await me.page.goto(`${me.address}/resources?all`)
  await me.page.getByText('acme/arrives').first().waitFor()
  expect(server.said()).not.toContain('set-up?code')
}, 60_000)
