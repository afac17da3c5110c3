import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { appPath, headersOf, post } from '../server/requests.ts'
import { type Guarded, guarded, webhookSecret } from '../support/guarded.ts'
import { inProcess } from './in-process.ts'

let town: Guarded
let env: Record<string, string>
const run = (...args: string[]) => inProcess(args, env)
const guid = randomUUID()
const broken = '{"installation":"none", "ü":"𝄞"}'

beforeAll(async () => {
  town = await guarded({ flavour: 'ghes' })
  town.install()
  await town.settle()
  town.org.createRepository({ name: 'web', visibility: 'private' })
  await town.settle()
  env = { DATABASE_URL: `file:${town.config.databaseFile}`, GUARDPOST_SECRET_KEY: town.config.secretKey ?? '' }
  await post(town.address, appPath, broken, headersOf(webhookSecret, 'star', guid, broken))
  await town.settle()
})
afterAll(() => town.close())

const parked = async () => {
  const { stdout } = await run('deliveries', '--status', 'parked', '--json')
  return JSON.parse(stdout)
}

describe('guardpost deliveries', () => {
  it('lists the newest first, and those of one status', async () => {
    const all = JSON.parse((await run('deliveries', '--json')).stdout)
    expect(all.length).toBeGreaterThan(1)
    expect(all.map(({ id }: { id: number }) => id)).toEqual(
      all.map(({ id }: { id: number }) => id).toSorted((a: number, b: number) => b - a),
    )
    expect(await parked()).toEqual([
      {
        id: all[0].id,
        connectionId: null,
        hookId: 'app',
        guid,
        event: 'star',
        receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        source: 'webhook',
        status: 'parked',
        error: expect.stringContaining('installation'),
      },
    ])
  })

  it('lists those of one organization, as a table for people', async () => {
    const { stdout, status } = await run('deliveries', 'list', '--organization', 'acme', '--limit', '1')
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /^ID +STATUS +EVENT +HOOK +GUID +RECEIVED +ERROR\n\d+ +processed +\w+ +app +[\w-]+ +\S+ \S+Z\n$/,
    )
  })

  it('shows one, and its body byte by byte', async () => {
    const [{ id }] = await parked()
    const { stdout } = await run('deliveries', 'show', String(id))
    expect(stdout).toMatch(new RegExp(`^Delivery ${id}, star, parked: .+installation\n`))
    expect(stdout).toMatch(/user-agent +GitHub-Hookshot/)
    expect((await run('deliveries', 'show', String(id), '--raw')).stdout).toBe(broken)
    expect(JSON.parse((await run('deliveries', 'show', String(id), '--json')).stdout)).toMatchObject({
      id,
      body: broken,
    })
  })

  it('has one projected again by the Guardpost that runs', async () => {
    const [{ id }] = await parked()
    await town.stop()
    expect(await run('deliveries', 'replay', String(id), '--json')).toMatchObject({ status: 0, stderr: '' })
    expect(await parked()).toEqual([])
    await town.start()
    await town.settle()
    expect(await parked()).toMatchObject([{ id }])
  })

  it('says what is wrong with how it was used', async () => {
    for (const args of [
      ['show', '99999'],
      ['replay', '99999'],
      ['show', 'x'],
      ['--status', 'lost'],
    ])
      expect(await run('deliveries', ...args)).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringMatching(/\w/),
      })
  })
})

describe('guardpost jobs', () => {
  it('lists what was left to a person, and tries it again', async () => {
    const { store, clock } = town.guardpost.means
    const lost = { kind: 'report', connectionId: 1, key: 'lost', lock: 'lost', payload: { controlId: 0 } } as const
    await store.jobs.enqueue([{ ...lost, runAt: clock() + 3_600_000 }])
    const [{ id } = { id: 0 }] = (await store.jobs.list('queued', 100)).filter(({ key }) => key === 'lost')
    await store.jobs.park(id, 'It broke.')
    const { stdout } = await run('jobs')
    expect(stdout).toMatch(/^ID +KIND +WHAT +ATTEMPTS +DUE +ERROR\n\d+ +report +lost +0 +\S+ \S+Z +It broke\.\n$/)
    expect((await run('jobs', 'replay', String(id))).status).toBe(0)
    await town.settle()
    expect((await run('jobs')).stdout).toBe('No job is parked.\n')
    expect((await run('jobs', 'replay', String(id))).status).toBe(2)
  })

  it('lists what waits, as JSON', async () => {
    const waiting = JSON.parse((await run('jobs', '--state', 'queued', '--json')).stdout)
    expect(waiting).toContainEqual(expect.objectContaining({ kind: 'log', attempts: 0, error: null }))
  })
})

describe('guardpost deliveries recover', () => {
  it('reads back what was lost, and tells how it stands', async () => {
    town.sim.faults.deliveries({ fault: { kind: 'drop' }, times: 2 })
    // GitHub tells whole seconds: what was sent within that of the connection is taken as sent before it.
    await sleep(1_000)
    for (const name of ['one', 'two']) town.org.createRepository({ name, visibility: 'private' })
    await town.sim.idle()
    const { stdout, status } = await run('deliveries', 'recover', 'acme', '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual([
      {
        login: 'acme',
        hook: 'app',
        readAt: expect.stringMatching(/Z$/),
        lost: 0,
        readBack: 2,
        unreadable: 0,
        refusal: null,
      },
    ])
    expect((await run('deliveries', 'recover')).stdout).toMatch(
      /^ORGANIZATION +HOOK +READ +LOST +READ BACK +NO LONGER SHOWN +REFUSED\nacme +app +\S+ \S+ +0 +2 +0/,
    )
  })

  it('is left to the next start where Guardpost does not run', async () => {
    await town.stop()
    const { stdout, status } = await run('deliveries', 'recover')
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^Queued\. Guardpost reads them when it runs/)])
    await town.start()
  })
})
