import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { savePack } from '../../src/engine/packs.ts'
import { asks } from '../../src/model/policy.ts'
import { firstPlan } from '../../src/policies/enforcement.ts'
import { signInFirst, type Visit, visit } from './visit.ts'

const base = 'GitHub > Organization > Member Privileges > Base Permissions'

let here: Visit
let page: Page

beforeAll(async () => {
  here = await visit()
  const { town } = here
  town.org.createRepository({ name: 'web', visibility: 'private' })
  town.app.request({ ...town.app.permissions, organization_administration: 'write' })
  town.install()
  await town.settle()
  await town.set(firstPlan.path, 'Confirm')
  await savePack(town.guardpost.means, {
    name: 'members',
    title: 'What members may do',
    description: '',
    settings: [asks(base, 'Enforce: None')],
    connectionId: null,
    source: 'cli',
    origin: null,
    setBy: 'mona',
  })
  await town.settle()
  page = await here.open({ viewport: { width: 1280, height: 900 } })
  await signInFirst(page, here.oneTimePassword)
}, 60_000)
afterAll(() => here?.close())

const main = () => page.getByRole('main')
const dialog = () => page.getByRole('dialog')
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const basePermissions = () => here.town.org.settings.defaultRepositoryPermission

it('attaches a policy pack to a folder, and nothing happens before its plan is confirmed', async () => {
  await page.goto('/policies/packs')
  await main().getByRole('link', { name: 'members' }).click()
  await heading('members').waitFor()
  await main().getByRole('button', { name: 'Attach' }).click()
  await dialog().getByRole('radio', { name: 'A folder' }).click()
  await dialog().getByRole('combobox', { name: 'Folder' }).selectOption('Guardpost')
  const planned = dialog().getByRole('region', { name: 'What would change' })
  await planned.getByText(`1 of ${base}`).first().waitFor()
  expect(await planned.textContent()).toContain('from read to none, 1 of')
  expect(here.town.sim.writes.filter(({ path }) => path === '/orgs/acme')).toEqual([])
  await dialog().getByRole('button', { name: 'Attach' }).click()
  await main().getByRole('row').filter({ hasText: 'Guardpost' }).waitFor()
  await here.town.settle()
  expect(basePermissions()).toBe('read')
}, 30_000)

it('shows the plan, and enforces it when it is confirmed', async () => {
  await page.goto('/enforcement')
  await main().getByText('Waits for its plan to be confirmed').waitFor()
  await main().getByRole('link', { name: 'acme' }).click()
  const plan = main().getByRole('region', { name: 'First plan' })
  await plan.getByText('one change').waitFor()
  expect(await plan.locator('.diff-before').textContent()).toContain('read')
  expect(await plan.locator('.diff-after').textContent()).toContain('none')
  await plan.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click()
  await here.town.settle()
  await main().getByText('Nothing waits').waitFor()
  expect(basePermissions()).toBe('none')
  await main().getByText(`1 of ${base}`).waitFor()
}, 30_000)

it('stops enforcement at once, and lets it go on', async () => {
  await main().getByRole('button', { name: 'Stop', exact: true }).click()
  await dialog().getByLabel('Why').fill('An audit')
  await dialog().getByRole('button', { name: 'Stop' }).click()
  await main().getByRole('button', { name: 'Resume' }).click()
  await main().getByText('Goes on').waitFor()
  await main().getByText('An audit').first().waitFor()
}, 30_000)

it('makes an exception that expires, and lists it with its reason', async () => {
  const { resourceId } = await here.town.control(base)
  await page.goto(`/policies/new?${new URLSearchParams({ type: base, resource: String(resourceId) })}`)
  await main().getByRole('radio', { name: 'Skip' }).click()
  await main().getByRole('region', { name: 'What would change' }).getByText('Skipped').waitFor()
  await main().getByLabel('Note').fill('A migration until spring')
  await main().getByLabel('Expires').fill('2040-03-31T09:00')
  await main().getByRole('button', { name: 'Create' }).click()
  await main().getByText('Exception').first().waitFor()
  await page.goto('/policies/exceptions')
  const row = main().getByRole('row').filter({ hasText: 'A migration until spring' })
  await row.getByText('instead of Enforce: None on Guardpost').waitFor()
  await row.locator('time[datetime^="2040-03-31"]').waitFor()
  await here.town.settle()
  expect(await here.town.control(base)).toMatchObject({ state: 'skipped' })
}, 30_000)

it('sets an expression on a folder for some repositories, says where it is wrong, and shows what would change', async () => {
  const wikis = 'GitHub > Repository > Wikis > Enabled'
  await page.goto(`/policies/new?${new URLSearchParams({ type: wikis })}`)
  const press = async (name: string) => {
    await main().getByRole('radio', { name, exact: true }).focus()
    await page.keyboard.press('Space')
  }
  await press('A folder')
  await main().getByRole('combobox', { name: 'Folder' }).selectOption('Guardpost')
  await main().getByLabel('Name', { exact: true }).fill('we*')
  await main().getByLabel('Custom property').fill('tier')
  await main().getByText('It takes a name, `=` and a value.').waitFor()
  await main().getByLabel('Custom property').fill('')
  await press('An expression')
  const field = main().getByRole('textbox', { name: 'Expression' })
  const create = main().getByRole('button', { name: 'Create' })
  await field.fill("resource.visibilty == 'private' ? 'Check: Disabled' : 'Skip'")
  await main().getByText('Line 1, column 10:').waitFor()
  expect(await main().locator('pre').textContent()).toMatch(/\n {9}\^$/)
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  expect(await create.isDisabled()).toBe(true)
  await field.fill("resource.visibility == 'private' ? 'Check: Disabld' : 'Skip'")
  await main().getByText('Did you mean “Check: Disabled”?').waitFor()
  await field.fill("resource.visibility == 'private' ? 'Check: Disabled' : 'Skip'")
  await main().getByRole('region', { name: 'What would change' }).getByText(`1 of ${wikis}`).waitFor()
  await create.focus()
  await page.keyboard.press('Enter')
  const row = main().getByRole('row').filter({ hasText: 'named we*' })
  await row.getByText('Guardpost', { exact: true }).waitFor()
  await row.getByText('Expression', { exact: true }).waitFor()
  await row.getByText('the console').waitFor()
  await here.town.settle()
  expect(await here.town.control(wikis, 'acme/web')).toMatchObject({ state: 'alarm' })
  const { resourceId } = await here.town.control(wikis, 'acme/web')
  await page.goto(`/policies/new?${new URLSearchParams({ type: wikis, resource: String(resourceId) })}`)
  await main().getByRole('radio', { name: 'A repository', checked: true }).waitFor()
  expect(await main().getByLabel('Custom property').count()).toBe(0)
}, 30_000)

it('mutes a control, which then changes nothing', async () => {
  const { id } = await here.town.control(base)
  await page.goto(`/controls/${id}`)
  await main().getByRole('button', { name: 'Mute', exact: true }).click()
  await dialog().getByLabel('Why').fill('Nobody looks until spring')
  await dialog().getByRole('button', { name: 'Mute' }).click()
  await main().getByText('Nobody looks until spring').first().waitFor()
}, 30_000)

it('makes a folder and puts the organization into it', async () => {
  await page.goto('/policies/folders')
  await main().getByRole('button', { name: 'New folder' }).click()
  await dialog().getByLabel('Title').fill('Production')
  await dialog().getByRole('button', { name: 'Create' }).click()
  await main().getByText('Production', { exact: true }).waitFor()
  await main().getByRole('button', { name: 'Move acme' }).click()
  await page.getByRole('menuitem', { name: 'Production' }).click()
  await main().getByRole('listitem').filter({ hasText: 'Production' }).getByRole('link', { name: 'acme' }).waitFor()
}, 30_000)

it('gives a role at the folder, which is told with its place', async () => {
  await page.goto('/people')
  await main().getByRole('button', { name: 'Grant a role' }).first().click()
  await dialog().getByRole('radio', { name: 'Operator' }).click()
  const where = dialog().getByRole('combobox', { name: 'Where' })
  await where.selectOption('Every organization in the folder Production')
  await dialog().getByRole('button', { name: 'Grant', exact: true }).click()
  await main().getByText('in the folder Production', { exact: true }).waitFor()
  await main().getByRole('button', { name: 'Take back Operator in the folder Production' }).click()
  await main().getByText('in the folder Production', { exact: true }).waitFor({ state: 'detached' })
  expect(here.faults).toEqual([])
}, 30_000)
