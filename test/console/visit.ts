import { existsSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { makeFirstAdministrator } from '../../src/server/sign-in/first-administrator.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { launch } from './chromium.ts'

const host = 'guardpost.example'

/** Somebody at a browser, before a Guardpost on a simulated organization. */
export interface Visit {
  readonly town: Guarded
  /** The one-time password of `admin`. */
  readonly oneTimePassword: string
  /** Opens a window; those opened from one visit share nothing. Whatever goes wrong in it is kept in `faults`. */
  open(options?: BrowserContextOptions): Promise<Page>
  /** Errors of scripts, refusals by the content security policy, and requests to elsewhere. */
  readonly faults: string[]
  close(): Promise<void>
}

export async function visit(): Promise<Visit> {
  if (!existsSync(new URL('../../dist/console/index.html', import.meta.url)))
    throw new Error('The console is not built: npm run build')
  const town = await guarded({ url: `http://${host}` })
  const made = await makeFirstAdministrator(town.guardpost.means)
  const browser = await launch(host, Number(new URL(town.address).port))
  const faults: string[] = []
  return {
    town,
    faults,
    oneTimePassword: made?.password ?? '',
    async open(options = {}) {
      const context = await browser.newContext({ baseURL: `http://${host}`, reducedMotion: 'reduce', ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
      page.on('console', (message) => {
        const isRefusalOfOurs = /status of (400|401|403|404|409|422)/.test(message.text())
        const isOurs = new URL(page.url()).host === host
        if (message.type() === 'error' && isOurs && !isRefusalOfOurs) faults.push(`${page.url()}: ${message.text()}`)
      })
      page.on('request', (request) => {
        const to = new URL(request.url())
        // By a click one may come to a page of GitHub’s.
        const isClick = to.host === new URL(town.sim.htmlUrl).host && request.isNavigationRequest()
        if (to.host !== host && to.protocol !== 'data:' && !isClick)
          faults.push(`${page.url()}: asked for ${request.url()}`)
      })
      return page
    },
    async close() {
      await browser.close()
      await town.close()
    },
  }
}

/** Signs in by clicks; where a one-time password was given, it is replaced by `next`. */
export async function signIn(page: Page, login: string, given: string, next?: string, at = '/'): Promise<void> {
  await page.goto(at)
  await page.getByLabel('Name').fill(login)
  await page.getByLabel('Password').fill(given)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  if (next !== undefined) {
    await page.getByLabel('One-time password').fill(given)
    await page.getByLabel(/^New password\W*$/).fill(next)
    await page.getByLabel('New password again').fill(next)
    await page.getByRole('button', { name: 'Change the password' }).click()
  }
  await page.getByRole('heading', { name: 'Controls', exact: true }).waitFor()
}

/** What that administrator chooses. */
export const ownPassword = 'correct horse battery staple'

/** As the administrator that the first start makes. */
export const signInFirst = (page: Page, oneTimePassword: string): Promise<void> =>
  signIn(page, 'admin', oneTimePassword, ownPassword)
