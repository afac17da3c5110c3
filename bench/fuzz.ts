import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import BetterSqlite3 from 'better-sqlite3'
import { resourceTypes } from '../src/resources/index.ts'
import { seeded } from '../src/simulator/random.ts'
import { openStore } from '../src/store/store.ts'
import { keptGuids } from '../test/support/kept-guids.ts'
import { attempts } from './fuzz-requests.ts'
import { fuzz } from './fuzz-server.ts'
import { startGuardpost } from './guardpost-process.ts'
import { wholeNumber } from './whole-number.ts'

/** Random and mutated requests to both webhook endpoints of a Guardpost in a process of its own. */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '32' },
  },
})
const count = wholeNumber('--requests', values.requests)
const target = { appSecret: 'the secret of the App', hookId: 'ours', hookSecret: 'the secret of the webhook' }
/** What the memory may grow between the first and the last quarter, in MB. */
const mostGrowth = 50

const folder = mkdtempSync(join(tmpdir(), 'guardpost-fuzz-'))
const databaseFile = join(folder, 'guardpost.sqlite')
const key = 'ab'.repeat(32)
const store = await openStore({
  file: databaseFile,
  secretKey: Buffer.from(key, 'hex'),
  clock: Date.now,
  types: resourceTypes,
})
const { id: connectionId } = await store.connections.save(
  { kind: 'token', organizationId: 1, organizationNodeId: 'O_1', login: 'acme', installationId: null },
  Date.now(),
)
await store.hooks.make({ id: target.hookId, connectionId, secret: target.hookSecret, createdAt: Date.now() })
await store.close()

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const guardpost = await startGuardpost({
  APP_ID: '1',
  PRIVATE_KEY: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  WEBHOOK_SECRET: target.appSecret,
  GHE_HOST: '127.0.0.1:1',
  GHE_PROTOCOL: 'http',
  GUARDPOST_SECRET_KEY: key,
  DATABASE_URL: `file:${databaseFile}`,
  LOG_LEVEL: 'info',
})

const memoryMb = (): number =>
  Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${guardpost.pid}/status`, 'utf8'))?.[1]) / 1_024)
const memory: number[] = []
const startedAt = performance.now()
const every = Math.max(1, Math.floor(count / 40))
const { answers, signed, violations, ...made } = await fuzz(
  guardpost.address,
  attempts(target, seeded(wholeNumber('--seed', values.seed))),
  { count, atOnce: wholeNumber('--concurrency', values.concurrency) },
  (sofar) => {
    if (sofar % every !== 0) return
    memory.push(memoryMb())
    if (sofar % (every * 4) === 0) console.log(JSON.stringify({ requests: sofar, rssMb: memory.at(-1) }))
  },
)
const seconds = (performance.now() - startedAt) / 1_000
const alive = (await fetch(`${guardpost.address}/readyz`)).status
const exit = await guardpost.end()

const database = new BetterSqlite3(databaseFile, { readonly: true })
const kept = keptGuids(database)
database.close()
rmSync(folder, { recursive: true, force: true })
const forged = kept.filter((guid) => !signed.has(guid))

const median = (figures: readonly number[]): number => figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? 0
const quarter = Math.ceil(memory.length / 4)
const [first, last] = [median(memory.slice(quarter, 2 * quarter)), median(memory.slice(-quarter))]
const summary = {
  bench: 'fuzz',
  ...made,
  seed: wholeNumber('--seed', values.seed),
  perSecond: Math.round(count / seconds),
  answers,
  signed: signed.size,
  kept: kept.length,
  forgedKept: forged.length,
  violations: violations.length,
  examples: violations.slice(0, 5),
  rssMb: { secondQuarter: first, lastQuarter: last, highest: Math.max(...memory) },
  readyz: alive,
  exit,
}
const isMet =
  forged.length === 0 &&
  kept.length === signed.size &&
  violations.length === 0 &&
  last - first <= mostGrowth &&
  alive === 200 &&
  exit === 0
console.log(JSON.stringify({ ...summary, ok: isMet }))
process.exitCode = isMet ? 0 : 1
