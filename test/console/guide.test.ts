import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { diagnose } from '../../src/github/diagnosis.ts'
import type { RefusalContext } from '../../src/github/refusals/row.ts'
import type { Installation } from '../../src/simulator/installation.ts'
import { readGuide } from './guide-text.ts'
import { signInFirst, type Visit, visit } from './visit.ts'

/** Where the pictures of the guide go; without it, none are taken. */
const { GUARDPOST_PICTURES: pictures } = process.env
if (pictures) mkdirSync(pictures, { recursive: true })

const guide = readGuide()
const handlers = 'GitHub > Organization > Event Handlers'

let here: Visit
let page: Page
let installation: Installation

beforeAll(async () => {
  here = await visit()
  for (const name of ['api', 'billing', 'handbook', 'web'])
    here.town.org.createRepository({ name, visibility: 'private' })
  page = await here.open({ viewport: { width: 1440, height: 900 } })
}, 60_000)
afterAll(() => here?.close())

const main = () => page.getByRole('main')
const state = () => main().getByRole('region', { name: 'State', exact: true })
const picture = async (name: string) => {
  if (!pictures) return
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

/** Goes by the words of the guide: each step says which it used, so that none stands there that is nowhere on the pages. */
interface Words {
  link(word: string, more?: { exact?: boolean }): Promise<void>
  button(word: string): Promise<void>
  /** Notes that a word is on the page, by whatever finds it. */
  see(word: string, found?: { waitFor(): Promise<void> }): Promise<void>
}

function wordsOf(used: Set<string>): Words {
  const noted = (word: string) => {
    used.add(word)
    return word
  }
  return {
    link: (name) =>
      page
        .getByRole('link', { name: noted(name), exact: true })
        .first()
        .click(),
    button: (name) =>
      main()
        .getByRole('button', { name: noted(name), exact: true })
        .click(),
    see: (word, found = main().getByText(word, { exact: true }).first()) => {
      noted(word)
      return found.waitFor()
    },
  }
}

const acme = () => main().getByRole('link', { name: 'acme', exact: true }).click()

// One walk: each step begins where the one before ended, and after signing in no address is typed and no page reloaded.
const steps: Readonly<Record<string, (words: Words) => Promise<void>>> = {
  async 'Step 1: Connect the organization'({ link, see }) {
    await link('Connections')
    await main().getByRole('heading', { name: 'No organization is connected' }).waitFor()
    await see('Connect an organization', main().getByRole('link', { name: 'Connect an organization' }).first())
    const { organization_hooks: _, ...permissions } = here.town.app.permissions
    installation = here.town.sim.install(here.town.app, here.town.org, { permissions })
    await acme()
    await page.getByRole('heading', { level: 1, name: 'acme' }).waitFor()
    await see('Permissions', main().getByRole('region', { name: 'Permissions' }))
    await main().getByText('1 missing').waitFor()
    const first = main().getByRole('region', { name: 'Permissions' }).getByRole('row').nth(1)
    expect(await first.textContent()).toContain('organization_hooks')
  },

  async 'Step 2: See the control'({ link, see }) {
    await here.town.settle()
    await link('Controls')
    await main().getByText('1 Error').waitFor()
    await picture('controls')
    await page.emulateMedia({ colorScheme: 'dark' })
    await picture('controls-dark')
    await page.emulateMedia({ colorScheme: 'light' })
    await link(handlers)
    await see('Descendant', main().getByRole('heading', { name: 'Descendant' }))
    await acme()
    await see('Error', state().getByText('Error', { exact: true }))
    await state().getByText('organization_hooks: write').first().waitFor()
    await state().getByText('Who can do it: an owner of acme.').waitFor()
    const mend = state().getByRole('link', { name: 'Open the page where it is done' })
    await see('Open the page where it is done', mend)
    expect(await mend.getAttribute('href')).toMatch(
      /\/organizations\/acme\/settings\/installations\/\d+\/permissions\/update$/,
    )
    await picture('control-error')
    installation.grant()
    await see('OK', state().getByText('OK', { exact: true }))
  },

  async 'Step 3: Set the policy'({ link, button, see }) {
    await link('Policies')
    await link('New policy setting')
    await see('Policy type', main().getByRole('textbox', { name: 'Policy type' }))
    await main().getByRole('textbox', { name: 'Policy type' }).fill('event handlers')
    await main().getByRole('list', { name: 'Policy types' }).getByRole('button').first().click()
    await see('Resource')
    await main().getByRole('list', { name: 'Resources' }).getByRole('button', { name: 'acme' }).click()
    await see('Value', main().getByRole('group', { name: /^Value/ }))
    await see('Specification', main().getByRole('heading', { name: 'Specification' }))
    await see('Enforce: Enabled', main().getByRole('radio', { name: 'Enforce: Enabled' }))
    await main().getByRole('radio', { name: 'Enforce: Enabled' }).click()
    await see('Note', main().getByLabel('Note'))
    await main().getByLabel('Note').fill('The guide says so')
    await picture('policy-new')
    await button('Create')
    await main().getByRole('row').filter({ hasText: 'Enforce: Enabled' }).waitFor()
  },

  async 'Step 4: See that it is configured'({ link, see }) {
    await link('Its controls')
    await main().getByRole('row').getByRole('link', { name: 'acme' }).click()
    await main().getByText('Enforce: Enabled').first().waitFor()
    await see('OK', state().getByText('OK', { exact: true }))
    await see('Configured', state().getByText('Configured'))
    await see('Evidence', main().getByRole('heading', { name: 'Evidence' }))
    await picture('configured')
  },

  async 'Step 5: Watch resources arrive'({ link, see }) {
    await link('Resources')
    await acme()
    await link('Descendant')
    await main().getByRole('table').waitFor()
    expect(await main().getByRole('link', { name: 'acme/payments', exact: true }).count()).toBe(0)
    here.town.org.createRepository({ name: 'payments', visibility: 'private', sender: 'dana' })
    await main().getByRole('link', { name: 'acme/payments', exact: true }).waitFor()
    await main().getByRole('row').filter({ hasText: 'acme/payments' }).getByText('OK').first().waitFor()
    await picture('resource-arrives')
    await main().getByRole('link', { name: 'acme/payments', exact: true }).click()
    await main().getByRole('link', { name: 'Timeline' }).click()
    await see('Timeline', main().getByRole('link', { name: 'Timeline' }))
    await main().getByText('Version 1').waitFor()
    await main().getByRole('link', { name: 'Activity' }).click()
    await see('Activity', main().getByRole('row').filter({ hasText: 'dana' }).first())
  },

  async 'Remove the organization'({ link, see, button }) {
    await link('Connections')
    await acme()
    await link('Remove')
    await see('What goes', main().getByRole('heading', { name: 'What goes' }))
    await see('Export first', main().getByRole('link', { name: 'Export first' }))
    const remove = main().getByRole('button', { name: 'Remove the organization' })
    await main().getByLabel('Type “acme” to confirm').fill('acm')
    expect(await remove.isDisabled()).toBe(true)
    await main().getByLabel('Type “acme” to confirm').fill('acme')
    await button('Remove the organization')
    await main().getByRole('heading', { name: 'acme is removed' }).waitFor()
    await main().getByRole('link', { name: 'Go to Connections' }).click()
    await main().getByRole('heading', { name: 'No organization is connected' }).waitFor()
    expect(here.town.org.hooks).toEqual([])
    expect(here.town.reporting.issues.map((issue) => issue.state)).toEqual(['closed'])
  },
}

describe('the guide', () => {
  it('has no step that is not walked here', () => {
    expect(Object.keys(steps)).toEqual(guide.headings)
  })

  it('begins with the first administrator, who chooses a password', async () => {
    await signInFirst(page, here.oneTimePassword)
    await page.getByText('Live', { exact: true }).waitFor()
    await main().getByRole('heading', { name: 'No controls yet' }).waitFor()
  }, 30_000)

  it.each(Object.entries(steps))(
    '%s',
    async (heading, walk) => {
      const used = new Set<string>()
      await walk(wordsOf(used))
      expect([...used].toSorted()).toEqual([...new Set(guide.wordsOf(heading))].toSorted())
    },
    30_000,
  )

  it('is walked without an error in the browser', () => {
    expect(here.faults).toEqual([])
  })

  it('says of each message what the control says', () => {
    const context: RefusalContext = {
      connection: { login: 'ORG', installationId: null },
      credential: 'fine-grained-token',
      call: 'GET /orgs/{org}/blocks',
      htmlUrl: 'https://github.com',
      standing: null,
      now: 0,
    }
    const accepted = { 'x-accepted-github-permissions': 'organization_user_blocking=read' }
    expect(guide.messages).toHaveLength(3)
    for (const { said, mended } of guide.messages) {
      const status = said === 'Bad credentials' ? 401 : 403
      const headers = said.startsWith('Resource') ? accepted : {}
      const facts = { status, message: said, type: null, documentationUrl: null, headers }
      const { reason, remedy } = diagnose(facts, context).diagnosis
      expect(reason).toContain(said)
      expect(mended.toLowerCase().replaceAll('`', '')).toBe(
        `${remedy?.who}: ${remedy?.action}`.toLowerCase().replaceAll('`', ''),
      )
    }
  })
})
