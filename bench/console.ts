import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { compose } from '../src/compose.ts'
import { startServer } from '../src/server/server.ts'
import { makeFirstAdministrator } from '../src/server/sign-in/first-administrator.ts'
import { seeded } from '../src/simulator/random.ts'
import { launch } from '../test/console/chromium.ts'
import { signInFirst } from '../test/console/visit.ts'
import { organizationOf } from './many-controls.ts'
import { wholeNumber } from './whole-number.ts'

/** A list of very many controls in a browser: scrolled to its end, asked anew where something changed, filtered. */
const { values } = parseArgs({ options: { controls: { type: 'string', default: '100000' } } })
const count = wholeNumber('--controls', values.controls)
const host = 'guardpost.example'
/** In rows of the page, in requests for one change, and in milliseconds until a filter shows. */
const most = { rows: 80, askedAgain: 4, filter: 2_000 }

const folder = mkdtempSync(join(tmpdir(), 'guardpost-console-'))
const config = {
  app: null,
  token: null,
  signIn: null,
  apiUrl: 'http://127.0.0.1:1',
  host: '127.0.0.1',
  port: 0,
  url: `http://${host}`,
  webhookProxyUrl: null,
  databaseFile: join(folder, 'guardpost.sqlite'),
  secretKey: 'ab'.repeat(32),
  secretKeyFile: join(folder, 'guardpost.key'),
  logLevel: 'silent',
  metricsToken: null,
  maxQueuedJobs: 1_000_000,
  keep: { deliveries: null, runs: null, versions: null, activities: null },
} as const
const guardpost = await compose(config, pino({ level: 'silent' }))
const { store } = guardpost.means
const root = await organizationOf(store, seeded(1), 1, 'acme', count)
const made = await makeFirstAdministrator(guardpost.means)
const server = await startServer(guardpost, config)
const browser = await launch(host, server.port)
const page = await browser.newPage({ baseURL: `http://${host}`, viewport: { width: 1280, height: 800 } })
await signInFirst(page, made?.password ?? '')

const asked: string[] = []
page.on('request', (request) => {
  const { pathname, searchParams } = new URL(request.url())
  if (pathname === '/api/v1/controls') asked.push(searchParams.get('cursor') ?? 'first')
})
await page.goto(`/controls?${new URLSearchParams({ type: 'GitHub > Repository > CMDB' })}`)
await page.getByText(`${count.toLocaleString('en')} controls`, { exact: true }).waitFor()
const inPage = () => page.getByRole('main').getByRole('row').count()

const begun = performance.now()
let rows = 0
const last = page.locator(`[data-index="${count - 1}"]`)
for (let turn = 0; (await last.count()) === 0; turn++) {
  await page.evaluate('scrollTo(0, document.body.scrollHeight)')
  if (turn % 50 === 0) rows = Math.max(rows, await inPage())
}
const scrolledInSeconds = Math.round(performance.now() - begun) / 1_000
const pages = asked.splice(0).length
rows = Math.max(rows, await inPage())

const control = (await store.controls.list(root.connectionId, { limit: 1 })).at(-1)
if (!control) throw new Error('There is no control.')
const verdict = { state: 'ok', reason: 'It was judged again.', evidence: [], diagnoses: [] } as const
const run = { connectionId: root.connectionId, controlId: control.id, cause: 'bench', value: 'Enforce: Enabled' }
await store.controls.record({ ...run, verdict, calls: [], startedAt: 5_000, endedAt: 5_001 })
while (asked.length === 0) await page.waitForTimeout(20)
await page.waitForLoadState('networkidle')
const askedAgain = new Set(asked).size

const filteredAt = performance.now()
await page.getByRole('textbox', { name: 'Filter' }).fill(`repository-${count - 1}`)
await page.keyboard.press('Enter')
await page.getByText('1 control', { exact: true }).waitFor()
const filter = Math.round(performance.now() - filteredAt)

await browser.close()
await server.close()
await guardpost.close()
rmSync(folder, { recursive: true, force: true })
const ok = rows <= most.rows && askedAgain <= most.askedAgain && filter <= most.filter
console.log(
  JSON.stringify({ bench: 'console', controls: count, pages, scrolledInSeconds, rows, askedAgain, filter, ok }),
)
process.exitCode = ok ? 0 : 1
