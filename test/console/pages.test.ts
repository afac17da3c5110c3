import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Page, Response } from 'playwright-core'
import type { Installation } from '../../src/simulator/installation.ts'
import { webhookSecret } from '../support/guarded.ts'
import { axe, violations } from './axe.ts'
import { ownPassword, signInFirst, type Visit, visit } from './visit.ts'

/** Where pictures of all pages go, to be looked at; without it, none are taken. */
const { GUARDPOST_PAGES: pictures } = process.env
if (pictures) mkdirSync(pictures, { recursive: true })

const handlers = 'GitHub > Organization > Event Handlers'
const asked = (terms: Record<string, string>) => new URLSearchParams(terms)

let here: Visit
let page: Page
let installation: Installation
/** Whatever came from Guardpost, headers and all. */
const answers: Promise<string>[] = []
let ids: { organization: number; repository: number; connection: number; control: number; delivery: number }
let found: string

beforeAll(async () => {
  here = await visit()
  const { town } = here
  const { organization_hooks: _, ...permissions } = town.app.permissions
  for (const name of ['api', 'web', 'payments', 'infrastructure'])
    town.org.createRepository({ name, visibility: 'private' })
  installation = town.install({ permissions })
  await town.settle()
  const made = town.org.createRepository({ name: 'docs', visibility: 'public', sender: 'dana' })
  await town.settle()
  made.rename('handbook', { sender: 'dana' })
  await town.set('GitHub > Organization > Reporting > Detail in Public', 'State only')
  await town.settle()
  const { store } = town.guardpost.means
  const control = await town.control()
  const [delivery] = await store.deliveries.list()
  const repository = await store.resources.byTitle(control.connectionId, 'GitHub > Repository', 'acme/handbook')
  if (!delivery || !repository) throw new Error('Nothing came from GitHub.')
  found = new Date(repository.createdAt).toISOString()
  ids = {
    organization: control.resourceId,
    repository: repository.id,
    connection: control.connectionId,
    control: control.id,
    delivery: delivery.id,
  }
  page = await withAxe()
  await signInFirst(page, here.oneTimePassword)
  await page.goto(`/connections/${ids.connection}/doctor`)
  await page.getByRole('button', { name: 'Examine now' }).click()
  await page.getByText('things are wrong', { exact: false }).waitFor()
}, 60_000)
afterAll(() => here?.close())

/** Streams never end, and of what the browser kept it has no body: neither is waited for. */
async function textOf(response: Response): Promise<string> {
  const headers = await response.allHeaders()
  delete headers['set-cookie']
  const isStream = headers['content-type']?.startsWith('text/event-stream')
  return JSON.stringify(headers) + (isStream ? '' : await response.text().catch(() => ''))
}

/** A window in which axe is at hand, without the page’s own policy in its way. */
async function withAxe(): Promise<Page> {
  const window = await here.open({ viewport: { width: 1440, height: 900 } })
  await window.addInitScript({ content: axe })
  window.on('response', (response) => {
    answers.push(textOf(response))
  })
  return window
}

/** Every page: what it is called, where it is, its heading, and what must be there before it is looked at. */
const pages: readonly (readonly [name: string, address: () => string, heading: string, seen: string])[] = [
  ['controls', () => '/controls', 'Controls', handlers],
  ['controls-all', () => '/controls?all', 'All controls', 'acme/handbook'],
  ['controls-of-type', () => `/controls?${asked({ type: handlers })}`, handlers, 'organization_hooks'],
  ['control', () => `/controls/${ids.control}`, `${handlers} on acme`, 'What GitHub was asked'],
  ['policies', () => '/policies', 'Policies', 'State only'],
  ['policy-type', () => `/policies/type?${asked({ path: handlers })}`, handlers, 'Enforce: Enabled'],
  ['policy-new', () => '/policies/new', 'New policy setting', handlers],
  [
    'policy-new-filled',
    () => `/policies/new?${asked({ type: handlers, resource: String(ids.organization) })}`,
    'New policy setting',
    'Enforce: Enabled',
  ],
  ['packs', () => '/policies/packs', 'Policy packs', 'baseline'],
  ['pack', () => `/policies/pack?${asked({ name: 'baseline' })}`, 'baseline', 'Attached nowhere'],
  ['exceptions', () => '/policies/exceptions', 'Exceptions', 'No exception'],
  ['folders', () => '/policies/folders', 'Folders', 'Guardpost'],
  ['enforcement', () => '/enforcement', 'Enforcement', 'Goes on'],
  ['enforcement-of-one', () => `/enforcement/${ids.connection}`, 'Enforcement on acme', 'Nothing waits'],
  ['resources', () => '/resources', 'Resources', 'acme/handbook'],
  ['resources-list', () => '/resources?all', 'Resources', 'acme/handbook'],
  ['resource', () => `/resources/${ids.repository}`, 'acme/handbook', 'visibility'],
  ['resource-descendant', () => `/resources/${ids.organization}?tab=descendant`, 'acme', 'acme/handbook'],
  ['resource-controls', () => `/resources/${ids.repository}?tab=controls`, 'acme/handbook', 'Recorded'],
  ['resource-policies', () => `/resources/${ids.organization}?tab=policies`, 'acme', 'Silence Alarm'],
  ['resource-timeline', () => `/resources/${ids.repository}?tab=timeline`, 'acme/handbook', 'Version 2'],
  [
    'resource-as-of',
    () => `/resources/${ids.repository}?${asked({ 'as-of': found })}`,
    'acme/handbook',
    'Its name was acme/docs',
  ],
  [
    'resource-compare',
    () =>
      `/resources/${ids.organization}?${asked({ tab: 'compare', from: new Date(Date.parse(found) - 1).toISOString() })}`,
    'acme',
    'acme/handbook',
  ],
  ['resource-activity', () => `/resources/${ids.repository}?tab=activity`, 'acme/handbook', 'dana'],
  ['activity', () => '/activity', 'Activity', 'dana'],
  ['deliveries', () => '/deliveries', 'Deliveries', 'Processed'],
  ['delivery', () => `/deliveries/${ids.delivery}`, ', delivery ', 'x-github-hook-id'],
  ['connections', () => '/connections', 'Connections', 'acme'],
  ['connection', () => `/connections/${ids.connection}`, 'acme', 'organization_hooks'],
  ['doctor', () => `/connections/${ids.connection}/doctor`, 'Doctor of acme', 'Permission organization_hooks'],
  ['connect', () => '/connections/new', 'Connect an organization', 'Token'],
  ['connection-remove', () => `/connections/${ids.connection}/remove`, 'Remove acme', 'What goes'],
  ['people', () => '/people', 'People', 'admin'],
  ['password', () => '/password', 'Change the password', 'New password'],
  ['not-found', () => '/nowhere', 'Not found', 'There is nothing here'],
]

async function opened(name: string): Promise<void> {
  const [, address, heading, seen] = pages.find(([each]) => each === name) ?? []
  await page.goto(address?.() ?? '/')
  await page.getByRole('heading', { level: 1, name: heading?.trim() ?? '' }).waitFor()
  await page
    .locator('main')
    .getByText(seen ?? '')
    .filter({ visible: true })
    .first()
    .waitFor()
}

const picture = (name: string) => pictures && page.screenshot({ path: join(pictures, `${name}.png`) })

describe.each(pages.map(([name]) => name))('%s', (name) => {
  it('opens, and is fit for everybody, light and dark, on a desk and on a phone', async () => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
    await opened(name)
    await picture(`${name}-1440`)
    expect(await violations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await picture(`${name}-1440-dark`)
    expect(await violations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 390, height: 844 })
    await picture(`${name}-390`)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    expect(await violations(page)).toEqual([])
    expect(await page.title()).toMatch(/ · Guardpost$/)
    expect(here.faults).toEqual([])
  }, 30_000)
})

it('shows no secret: in no answer, no page, nothing that a script may read, and no export', async () => {
  const { town } = here
  installation.grant()
  await town.set(`${handlers} > Source`, 'Organization webhook')
  await town.set(handlers, 'Enforce: Enabled')
  await town.settle()
  const seen: string[] = []
  for (const name of ['control', 'activity', 'deliveries', 'delivery', 'connection', 'doctor', 'people', 'policies']) {
    await opened(name)
    seen.push(await page.content(), String(await page.evaluate('JSON.stringify([localStorage, document.cookie])')))
  }
  const exported = await page.evaluate(`fetch('/api/v1/connections/${ids.connection}/export').then((it) => it.text())`)
  expect(exported).toContain('acme/handbook')
  const secrets = [
    town.config.secretKey ?? '',
    town.app.clientSecret,
    town.app.privateKey.split('\n')[3] ?? '',
    webhookSecret,
    ...town.org.hooks.map(({ config }) => config.secret ?? ''),
    here.oneTimePassword,
    ownPassword,
    ...(await page.context().cookies()).map(({ value }) => value),
  ]
  expect(secrets.filter((secret) => secret.length < 12)).toEqual([])
  expect(secrets).toHaveLength(8)
  const everything = [...seen, String(exported), ...(await Promise.all(answers))]
  expect(everything.length).toBeGreaterThan(50)
  for (const text of everything) {
    for (const secret of secrets) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/\b(gh[a-z]_\w{20}|github_pat_\w{20}|BEGIN RSA PRIVATE KEY)/)
  }
}, 30_000)

it('lets people in by a page that is fit for everybody as well', async () => {
  const outside = await withAxe()
  await outside.goto('/controls/5')
  await outside.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  if (pictures) await outside.screenshot({ path: join(pictures, 'sign-in-1440.png') })
  expect(await violations(outside)).toEqual([])
  await outside.emulateMedia({ colorScheme: 'dark' })
  expect(await violations(outside)).toEqual([])
  await outside.getByLabel('Name').fill('admin')
  await outside.getByLabel('Password').fill('not the password')
  await outside.getByRole('button', { name: 'Sign in', exact: true }).click()
  await outside.getByRole('alert').getByText('The name or the password is wrong.', { exact: false }).waitFor()
  expect(await violations(outside)).toEqual([])
}, 30_000)
