import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { appHookPath } from '../../src/server/webhooks.ts'
import { keptGuids } from '../../test/support/kept-guids.ts'
import { startGuardpost } from '../guardpost-process.ts'
import { load, signedPayloads } from '../ingest/load.ts'

export interface BurstOptions {
  readonly deliveries: number
  readonly connections: number
  readonly onProgress?: (line: object) => void
}

export interface Burst {
  readonly deliveries: number
  /** Of those answered 202, how many are in the database. */
  readonly kept: number
  /** How many of those are no longer pending, and none parked. */
  readonly processed: number
  readonly secondsToKeep: number
  readonly secondsToProcess: number
  /** The most memory that the process ever had, in megabytes. */
  readonly rssMb: number
  readonly statuses: Readonly<Record<string, number>>
  readonly exit: number | NodeJS.Signals | null
}

/** How often it is looked, and how long it may stand still before it is given up; in milliseconds. */
const rhythm = 500
const patience = 60_000

/** Sends a running Guardpost so many deliveries as fast as it answers, and waits until it has worked on all of them. */
export async function burst({ deliveries, connections, onProgress = () => {} }: BurstOptions): Promise<Burst> {
  const secret = 'the secret of the App, for a benchmark'
  const folder = mkdtempSync(join(tmpdir(), 'guardpost-burst-'))
  const databaseFile = join(folder, 'guardpost.sqlite')
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const guardpost = await startGuardpost({
    APP_ID: '1',
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: secret,
    // Nobody answers there: what is measured is what Guardpost does by itself.
    GHE_HOST: '127.0.0.1:1',
    GHE_PROTOCOL: 'http',
    GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
    DATABASE_URL: `file:${databaseFile}`,
    LOG_LEVEL: 'info',
  })
  const database = new BetterSqlite3(databaseFile, { readonly: true })
  const count = (status: string) =>
    Number(database.prepare('select count(*) from deliveries where status = ?').pluck().get(status))
  const waiting = () => Number(database.prepare('select coalesce(sum(size), 0) from arrivals').pluck().get())
  const peak = () =>
    Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${guardpost.pid}/status`, 'utf8'))?.[1]) / 1_024)
  try {
    const begun = performance.now()
    const seconds = () => Math.round((performance.now() - begun) / 100) / 10
    const step = Math.max(1, Math.floor(deliveries / 20))
    const { statuses, kept } = await load(
      signedPayloads(secret),
      {
        port: Number(new URL(guardpost.address).port),
        path: appHookPath,
        connections,
        until: { requests: deliveries },
      },
      (answered) => {
        if (answered % step === 0) onProgress({ second: seconds(), answered, rssMb: peak() })
      },
    )
    const secondsToKeep = seconds()
    await workedOff(
      () => count('pending') + waiting(),
      (pending) => onProgress({ second: seconds(), pending, rssMb: peak() }),
    )
    const guids = new Set(keptGuids(database))
    return {
      deliveries,
      kept: kept.filter((guid) => guids.has(guid)).length,
      processed: count('processed') + count('folded'),
      secondsToKeep,
      secondsToProcess: seconds(),
      rssMb: peak(),
      statuses,
      exit: await guardpost.end(),
    }
  } finally {
    database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Resolves when nothing is pending, or when for too long nothing became less. */
async function workedOff(pending: () => number, tell: (pending: number) => void): Promise<void> {
  let left = pending()
  for (let looks = 0, since = performance.now(); left > 0 && performance.now() - since < patience; looks++) {
    if (looks % 10 === 0) tell(left)
    await sleep(rhythm)
    const now = pending()
    if (now < left) since = performance.now()
    left = now
  }
}
