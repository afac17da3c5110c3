import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { discoverJob } from '../../src/engine/jobs.ts'
import { newConnection, openTestStore, secretKey, testFolders } from '../store/test-store.ts'
import { inProcess } from './in-process.ts'

const folders = testFolders()
afterAll(folders.removeAll)

let env: Record<string, string>
beforeAll(async () => {
  const file = `${folders.make()}/guardpost.sqlite`
  env = { DATABASE_URL: `file:${file}`, GUARDPOST_SECRET_KEY: secretKey.toString('hex') }
  const store = await openTestStore(file)
  const { id } = await store.connections.save({ ...newConnection(1), login: 'acme' }, 1_000)
  await store.jobs.enqueue([discoverJob(id, 'start', 1_000)])
  const [job] = await store.jobs.claim(1_000, 1)
  const progress = { type: 'GitHub > Repository', startedAt: 1_000, from: 'x', count: 200, total: 1_200 }
  await store.jobs.note(job?.id ?? 0, { why: 'start', progress })
  await store.jobs.wait(job?.id ?? 0, Date.UTC(2026, 11, 24, 18), 'GitHub asked to slow down.')
  await store.close()
})

it.each([[['jobs', '--state', 'queued']], [['controls']]])(
  '%j says who waits for GitHub, and until when',
  async (args) => {
    const { stdout, status } = await inProcess(args, env)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^acme waits for GitHub’s limits: 1 job until 2026-12-24.18:00:00\S*\.$/m)
  },
)

it('jobs says how far a discovery is, and what it waits for', async () => {
  const { stdout } = await inProcess(['jobs', '--state', 'queued'], env)
  expect(stdout).toMatch(/discover:1 \(200 of 1200\) .*2026-12-24.18:00:00.*GitHub asked to slow down\./)
  const [job] = JSON.parse((await inProcess(['jobs', '--state', 'queued', '--json'], env)).stdout)
  expect(job).toMatchObject({ kind: 'discover', payload: { progress: { count: 200, total: 1_200 } } })
})
