import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import { compose } from '../../src/compose.ts'
import { readiness } from '../../src/server/readiness.ts'
import { startServer } from '../../src/server/server.ts'
import { type Guarded, guarded, webhookSecret } from '../support/guarded.ts'
import { appPath, headersOf, post } from './requests.ts'

let town: Guarded
let database: BetterSqlite3.Database
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
  database = new BetterSqlite3(town.config.databaseFile, { timeout: 5_000 })
})
afterEach(async () => {
  database.close()
  await town.close()
})

const ask = async (path: string, address = town.address) => {
  const { status, body } = await post(address, path, '', {}, 'GET')
  return { status, body }
}

it('is ready while it works and the store can be written', async () => {
  expect(await ask('/healthz')).toEqual({ status: 200, body: 'ok\n' })
  expect(await ask('/readyz')).toEqual({ status: 200, body: '{"ready":true}' })
})

it('tells editors the schema of policy files, as it is published, without a session', async () => {
  const published = readFileSync(new URL('../../docs/reference/policy-file.schema.json', import.meta.url), 'utf8')
  const { status, body } = await ask('/api/v1/policy-file.schema.json')
  expect({ status, body: JSON.parse(body) }).toEqual({ status: 200, body: JSON.parse(published) })
})

it('is not ready before it has started', async () => {
  const waiting = await compose({ ...town.config, databaseFile: ':memory:' }, town.guardpost.log)
  const server = await startServer(waiting, { ...town.config, port: 0 })
  const { status, body } = await ask('/readyz', `http://127.0.0.1:${server.port}`)
  expect({ status, body: JSON.parse(body) }).toEqual({
    status: 503,
    body: { ready: false, reason: 'Guardpost has not started to work yet.' },
  })
  expect(await ask('/healthz', `http://127.0.0.1:${server.port}`)).toMatchObject({ status: 200 })
  await server.close()
  await waiting.close()
})

it('is not ready while the store cannot be written, and alive all the same', async () => {
  database.exec(`create trigger full before update on facts begin select raise(abort, 'the disk is full'); end`)
  database.exec(`create trigger full2 before insert on facts begin select raise(abort, 'the disk is full'); end`)
  const { status, body } = await ask('/readyz')
  expect(status).toBe(503)
  const reason = expect.stringMatching(/^The store cannot be used: .*the disk is full$/)
  expect(JSON.parse(body)).toEqual({ ready: false, reason })
  expect(await ask('/healthz')).toMatchObject({ status: 200 })
})

it('is not ready, and takes no delivery, while too much waits', async () => {
  const later = Date.now() + 3_600_000
  const jobs = Array.from({ length: 3 }, (_, n) => {
    const key = `wait${n}`
    return { kind: 'report', connectionId: null, key, lock: key, payload: null, runAt: later } as const
  })
  await town.guardpost.means.store.jobs.enqueue(jobs)
  const full = await compose({ ...town.config, maxQueuedJobs: 3 }, town.guardpost.log)
  await full.engine.start()
  const server = await startServer(full, { ...town.config, port: 0 })
  const address = `http://127.0.0.1:${server.port}`
  try {
    const body = '{"action":"created"}'
    const deliver = (secret: string) => post(address, appPath, body, headersOf(secret, 'star', randomUUID(), body))
    expect(await deliver(webhookSecret)).toMatchObject({ status: 503, headers: { 'retry-after': '60' } })
    expect(await deliver('another secret')).toMatchObject({ status: 401 })
    const { status, body: said } = await ask('/readyz', address)
    expect(status).toBe(503)
    expect(JSON.parse(said).reason).toMatch(/^No delivery is taken: \d+ jobs are queued, and no more than 3 may be\.$/)
  } finally {
    await server.close()
    await full.close()
  }
})

it('asks at most once a second, and never for ever', async () => {
  let asked = 0
  let now = 1_000
  const ready = readiness(
    { whyNotReady: async () => `asked ${++asked} times` },
    () => false,
    () => now,
  )
  expect([await ready(), await ready()]).toEqual(['asked 1 times', 'asked 1 times'])
  now += 1_000
  expect(await ready()).toBe('asked 2 times')
  const stopping = readiness(
    { whyNotReady: async () => null },
    () => true,
    () => now,
  )
  expect(await stopping()).toBe('Guardpost is stopping.')
})
