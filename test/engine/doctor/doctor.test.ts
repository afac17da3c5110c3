import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DoctorOptions, examine } from '../../../src/engine/doctor/doctor.ts'
import type { Symptom } from '../../../src/engine/doctor/symptom.ts'
import type { Means } from '../../../src/engine/means.ts'
import type { Installation } from '../../../src/simulator/installation.ts'
import { type Guarded, guarded } from '../../support/guarded.ts'

let town: Guarded
let installation: Installation
beforeAll(async () => {
  town = await guarded({ flavour: 'ghes' })
  installation = town.install()
  await town.settle()
})
afterAll(() => town.close())

/** The public name leads to the server, as the simulated GitHub's own way does. */
const ask: typeof fetch = (input, init) => fetch(String(input).replace(town.config.url, town.address), init)

async function symptoms(means: Partial<Means> = {}, options: Partial<DoctorOptions> = {}): Promise<readonly Symptom[]> {
  const all = { ...town.guardpost.means, ...means }
  const connections = await all.store.connections.list()
  const found: Symptom[] = []
  for await (const each of examine(all, connections, { version: '0.1.0', ask, ping: null, ...options }))
    found.push(...each.symptoms)
  return found
}

const wrong = (all: readonly Symptom[]) => all.filter(({ level }) => level === 'wrong')

describe('where all is well', () => {
  it('finds nothing wrong, and only reads', async () => {
    const before = town.sim.requests.length
    const all = await symptoms()
    expect(wrong(all)).toEqual([])
    expect(all.map(({ about }) => about)).toEqual(
      expect.arrayContaining([
        'Versions',
        'Guardpost itself',
        'Integrity of the database',
        'Write-ahead log',
        'Free disk',
        'Address of this server',
        'GitHub',
        'Clock',
        'Permission `organization_hooks`',
        'Webhook URL of the App',
        'Delivery log of GitHub',
      ]),
    )
    const asked = town.sim.requests.slice(before)
    expect(asked.length).toBeGreaterThan(3)
    expect(asked.filter(({ method }) => method !== 'GET').map(({ path }) => path)).toEqual([])
  })
})

/** One thing of a Guardpost where all else is well. */
const only = (about: string, all: readonly Symptom[]) => all.filter((symptom) => symptom.about === about)

describe('where one thing is wrong, says what to do about', () => {
  it('a permission that is not granted', async () => {
    installation.revoke('organization_hooks')
    const [first] = only('Permission `organization_hooks`', await symptoms())
    expect(first).toEqual({
      about: 'Permission `organization_hooks`',
      found: expect.stringMatching(/^The permission `organization_hooks: write` is not granted. It is needed so that /),
      level: 'wrong',
      remedy: {
        who: 'an owner of acme',
        action: 'Review the request of the App and accept `organization_hooks: write`.',
        url: `${town.sim.htmlUrl}/organizations/acme/settings/installations/${installation.id}/permissions/update`,
      },
    })
    installation.grant({ organization_hooks: 'write' })
    await town.settle()
  })

  it('a clock that is ahead of GitHub’s', async () => {
    const { clock } = town.guardpost.means
    const all = await symptoms({ clock: () => clock() + 90_000 })
    expect(only('Clock', all)).toMatchObject([
      {
        found: expect.stringMatching(/^(89|90|91) s ahead of GitHub’s$/),
        level: 'wrong',
        remedy: { who: 'who runs this server' },
      },
    ])
  })

  it('an App that is not configured here, without asking GitHub', async () => {
    const { clients } = town.guardpost.means
    const before = town.sim.requests.length
    const all = await symptoms({ clients: { ...clients, forApp: () => null, readerFor: async () => null } })
    expect(wrong(all)).toMatchObject([{ about: 'Credential', remedy: { action: expect.stringContaining('APP_ID') } }])
    expect(all.map(({ about }) => about)).not.toContain('Clock')
    expect(town.sim.requests.length).toBe(before)
  })

  it('a process that is gone', async () => {
    const { clock } = town.guardpost.means
    const later = await symptoms({ clock: () => clock() + 60_000 })
    expect(only('Guardpost itself', later)).toMatchObject([
      { level: 'wrong', remedy: { action: expect.stringContaining('`guardpost start`') } },
    ])
  })

  it('work that was given up', async () => {
    const { store, clock } = town.guardpost.means
    await store.jobs.enqueue([
      { kind: 'read', connectionId: null, lock: 'a test', payload: {}, key: 'a test', runAt: clock() + 3_600_000 },
    ])
    const [job] = await store.jobs.list('queued', 10)
    await store.jobs.park(job?.id ?? 0, 'for a test')
    expect(only('Work given up', await symptoms())).toMatchObject([{ found: '1 job failed for good', level: 'wrong' }])
    await store.jobs.replay(job?.id ?? 0, clock() + 3_600_000)
  })

  it('a disk that is nearly full', async () => {
    const { store } = town.guardpost.means
    const all = await symptoms({ store: { ...store, freeBytes: async () => 50 * 1024 * 1024 } })
    expect(only('Free disk', all)).toMatchObject([{ found: '50 MB only', level: 'wrong' }])
  })

  it('a database that is damaged, and a log that grows', async () => {
    const { store } = town.guardpost.means
    const sound = await store.examine()
    const bad = { ...sound, damage: ['row 7 missing from index jobs_due'], logBytes: 300 * 1024 * 1024 }
    const all = await symptoms({ store: { ...store, examine: async () => bad } })
    expect(only('Integrity of the database', all)).toMatchObject([
      { found: 'damaged: row 7 missing from index jobs_due', level: 'wrong' },
    ])
    expect(only('Write-ahead log', all)).toMatchObject([{ found: '300 MB: it is not taken back', level: 'wrong' }])
  })

  it('a credential whose hour is used up', async () => {
    const { clients, clock } = town.guardpost.means
    const resetAt = Date.UTC(2030, 0, 1)
    const [connection] = await town.guardpost.means.store.connections.list()
    const budget = { resource: 'core', limit: 5_000, remaining: 12, resetAt, waiting: 0, blockedUntil: null }
    const all = await symptoms({
      clock,
      clients: { ...clients, budgets: () => [{ ...budget, connectionId: connection?.id ?? 0 }] },
    })
    expect(only('Hourly limit `core`', all)).toMatchObject([
      { found: '12 of 5000 left until 2030-01-01T00:00:00.000Z', level: 'wrong' },
    ])
  })
})

describe('the address', () => {
  const address = async (answer: () => Promise<Response>) =>
    only('Address of this server', await symptoms({}, { ask: answer }))
  const failing = (code: string) => async () => {
    throw new TypeError('fetch failed', { cause: { code } })
  }

  it.each<[string, () => Promise<Response>, RegExp, RegExp]>([
    ['that nobody knows', failing('ENOTFOUND'), /the name in https:.* leads nowhere/, /DNS/],
    ['whose certificate is not accepted', failing('DEPTH_ZERO_SELF_SIGNED_CERT'), /certificate/, /valid certificate/],
    ['where nobody listens', failing('ECONNREFUSED'), /does not answer \(ECONNREFUSED\)/, /firewall/],
    [
      'that sends elsewhere',
      async () => new Response(null, { status: 301 }),
      /sends elsewhere \(301\)/,
      /GUARDPOST_URL/,
    ],
    ['where the proxy finds nobody', async () => new Response('', { status: 502 }), /answers 502/, /reverse proxy/],
  ])('%s', async (_, answer, found, action) => {
    expect(await address(answer)).toMatchObject([
      { found: expect.stringMatching(found), level: 'wrong', remedy: { action: expect.stringMatching(action) } },
    ])
  })

  it('of this machine only is no address for GitHub', async () => {
    const { addresses } = town.guardpost.means
    const local = { ...addresses, control: () => null }
    expect(only('Address of this server', await symptoms({ addresses: local }))).toMatchObject([{ level: 'wrong' }])
  })
})

describe('the ping', () => {
  const about = 'Ping of the organization’s webhook'

  it('comes back with our signature, and does not where the name leads nowhere', async () => {
    await town.set('GitHub > Organization > Event Handlers > Source', 'Organization webhook')
    await town.set('GitHub > Organization > Event Handlers', 'Enforce: Enabled')
    await town.settle()
    const pinged = await symptoms({}, { ping: { patience: 20_000, rhythm: 20 } })
    expect(only(about, pinged)).toEqual([{ about, found: 'came, signed with our secret', level: 'ok' }])

    town.sim.addDns('guardpost.example', 'http://127.0.0.1:9')
    const lost = await symptoms({}, { ping: { patience: 100, rhythm: 20 } })
    expect(only(about, lost)).toMatchObject([{ found: 'did not come', level: 'wrong' }])
  })
})
