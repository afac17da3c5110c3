import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import { startGuardpost } from '../../bench/guardpost-process.ts'
import { keptGuids } from '../support/kept-guids.ts'
import { appPath, headersOf } from './requests.ts'

const secret = 'the secret of the App'

/** The status, or the code of the error that came instead. */
function deliver(address: string, guid: string, agent: Agent): Promise<number | string> {
  const body = JSON.stringify({ action: 'created', guid })
  const headers = { ...headersOf(secret, 'star', guid, body), 'content-length': String(body.length) }
  return new Promise((resolve) => {
    request(`${address}${appPath}`, { method: 'POST', headers, agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      .end(body)
  })
}

it('a stop under load answers whatever was sent, lets what runs end, and leaves the rest queued', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guardpost-'))
  const databaseFile = join(folder, 'guardpost.sqlite')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const guardpost = await startGuardpost({
    APP_ID: '1',
    PRIVATE_KEY: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    WEBHOOK_SECRET: secret,
    GHE_HOST: '127.0.0.1:1',
    GHE_PROTOCOL: 'http',
    GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
    DATABASE_URL: `file:${databaseFile}`,
  })
  const agent = new Agent({ keepAlive: true })
  const outcomes = new Map<string, number | string>()
  let isOver = false
  const load = Array.from({ length: 20 }, async () => {
    while (!isOver) {
      const guid = randomUUID()
      const outcome = await deliver(guardpost.address, guid, agent)
      outcomes.set(guid, outcome)
      isOver ||= outcome === 'ECONNREFUSED'
    }
  })
  while (outcomes.size < 300) await sleep(5)
  expect(await guardpost.end('SIGTERM')).toBe(0)
  isOver = true
  await Promise.all(load)
  agent.destroy()

  expect(guardpost.log.map(({ msg }) => msg)).toContain('Stopping: what runs ends first')
  expect(new Set(outcomes.values())).toEqual(new Set([202, 'ECONNREFUSED']))
  const answered = [...outcomes].filter(([, outcome]) => outcome === 202).map(([guid]) => guid)
  const database = new BetterSqlite3(databaseFile, { readonly: true })
  const kept = keptGuids(database)
  const states = database.prepare<[], string>('select distinct state from jobs').pluck().all()
  database.close()
  rmSync(folder, { recursive: true, force: true })
  expect(kept.toSorted()).toEqual(answered.toSorted())
  expect(states.filter((state) => state !== 'queued')).toEqual([])
}, 30_000)
