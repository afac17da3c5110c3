import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Installation } from '../../src/simulator/installation.ts'
import { connect } from '../support/connect.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'

type Kind = 'app' | 'fine-grained' | 'classic'

let town: Guarded
let installation: Installation | null
let token: { value: string } | null
beforeEach(async () => {
  town = await guarded()
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

const granted = {
  issues: 'write',
  statuses: 'write',
  contents: 'read',
  organization_administration: 'read',
  organization_hooks: 'write',
  organization_user_blocking: 'read',
} as const

const newToken = (
  kind: 'fine-grained' | 'classic',
  { scopes = ['repo', 'admin:org', 'admin:org_hook'], permissions = granted as Partial<typeof granted> } = {},
) =>
  kind === 'classic'
    ? town.sim.createToken({ user: town.org.owner, kind, scopes })
    : town.sim.createToken({
        user: town.org.owner,
        kind,
        org: town.org,
        permissions,
      })

async function reconnect(next: { value: string }): Promise<void> {
  token = next
  await connect(town, next)
}

/** Connected, its events proved to arrive, under Check. */
async function connected(kind: Kind): Promise<void> {
  installation = kind === 'app' ? town.install() : null
  if (kind !== 'app') await reconnect(newToken(kind))
  await town.settle()
  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await town.settle()
  await town.set(eventHandlersPath, 'Check: Enabled')
  await town.settle()
  expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
}

interface Row {
  readonly name: string
  readonly kinds: readonly Kind[]
  strike(kind: Kind): void | Promise<void>
  heal(kind: Kind): void | Promise<void>
  readonly reason: RegExp
  readonly who: RegExp
  readonly url: RegExp
  /** What the issue tells; null where GitHub does not let us write one. */
  readonly issue: RegExp | null
}

const rows: readonly Row[] = [
  {
    name: '401 Bad credentials: the token was revoked',
    kinds: ['fine-grained', 'classic'],
    strike: () => town.sim.revokeToken(token ?? { value: '' }),
    heal: (kind) => reconnect(newToken(kind === 'classic' ? 'classic' : 'fine-grained')),
    reason: /Bad credentials/,
    who: /owner of the token/,
    url: /\/settings\/(tokens|personal-access-tokens)/,
    issue: null,
  },
  {
    name: '403 Resource not accessible: the permission was taken away',
    kinds: ['app'],
    strike: () => installation?.revoke('organization_hooks'),
    heal: () => installation?.grant({ organization_hooks: 'write' }),
    reason: /`organization_hooks: write` is not granted/,
    who: /an owner of acme/,
    url: /\/organizations\/acme\/settings\/installations\/\d+\/permissions\/update$/,
    issue: /`organization_hooks`: needed: `write`/,
  },
  {
    name: '403 Resource not accessible by personal access token: a token without the permission',
    kinds: ['fine-grained'],
    strike: () => {
      const { organization_hooks: _, ...permissions } = granted
      return reconnect(newToken('fine-grained', { permissions }))
    },
    heal: () => reconnect(newToken('fine-grained')),
    reason: /the token lacks `organization_hooks: read`: Resource not accessible by personal access token/,
    who: /owner of the token/,
    url: /\/settings\/personal-access-tokens$/,
    issue: /`organization_hooks`: needed: `read`/,
  },
  {
    name: '404 a classic token without the scope',
    kinds: ['classic'],
    strike: () => reconnect(newToken('classic', { scopes: ['repo', 'admin:org'] })),
    heal: () => reconnect(newToken('classic')),
    reason: /needs a token with `admin:org_hook`/,
    who: /owner of the token/,
    url: /\/settings\/tokens$/,
    issue: /`admin:org_hook`/,
  },
  {
    name: '404 hidden: the owner of the token no longer owns the organization',
    kinds: ['classic'],
    strike: () => void town.org.members.set(town.org.owner, 'member'),
    heal: () => void town.org.members.set(town.org.owner, 'admin'),
    reason:
      /GitHub answers 404 to GET \/orgs\/\{org\}\/hooks: it does not exist, or the connection of acme may not see it/,
    who: /owner of the token/,
    url: /^$/,
    issue: /GitHub answers 404/,
  },
  {
    name: '404 uninstalled',
    kinds: ['app'],
    strike: () => installation?.uninstall(),
    heal: () => {
      installation = town.install()
    },
    reason: /not installed on acme/,
    who: /an owner of acme/,
    url: /^/,
    issue: null,
  },
  {
    name: '403 suspended',
    kinds: ['app'],
    strike: () => installation?.suspend(),
    heal: () => installation?.unsuspend(),
    reason: /suspended/,
    who: /an owner of acme/,
    url: /\/organizations\/acme\/settings\/installations\/\d+$/,
    issue: null,
  },
  {
    name: '403 classic tokens are forbidden',
    kinds: ['classic'],
    strike: () => town.org.policies.set({ classicTokens: 'forbidden' }),
    heal: () => town.org.policies.set({ classicTokens: 'allowed' }),
    reason: /forbids access via a personal access token \(classic\)/,
    who: /owner/,
    url: /^http/,
    issue: null,
  },
  {
    name: '403 fine-grained tokens are forbidden',
    kinds: ['fine-grained'],
    strike: () => town.org.policies.set({ fineGrainedTokens: 'forbidden' }),
    heal: () => town.org.policies.set({ fineGrainedTokens: 'allowed' }),
    reason: /forbids access via a personal access token with fine-grained permissions/,
    who: /owner/,
    url: /^http/,
    issue: null,
  },
  {
    name: '403 the token lives too long',
    kinds: ['fine-grained', 'classic'],
    strike: () => town.org.policies.set({ maxTokenLifetimeDays: 7 }),
    heal: () => town.org.policies.set({ maxTokenLifetimeDays: null }),
    reason: /lifetime is greater than 7 days/,
    who: /owner/,
    url: /\/settings\/(tokens|personal-access-tokens)/,
    issue: null,
  },
  {
    name: '403 single sign-on is required',
    kinds: ['classic'],
    strike: () => town.org.policies.set({ samlEnforced: true }),
    heal: () => town.org.policies.set({ samlEnforced: false }),
    reason: /SAML|single sign-on/i,
    who: /owner of the token/,
    url: /\/orgs\/acme\/sso/,
    issue: null,
  },
  {
    name: '403 an IP allow list keeps us out',
    kinds: ['app', 'fine-grained', 'classic'],
    strike: () => town.org.policies.set({ ipAllowList: true }),
    heal: () => town.org.policies.set({ ipAllowList: false }),
    reason: /IP allow list/,
    who: /an owner of (acme|the organization)/,
    url: /^$|\/settings\/security/,
    issue: null,
  },
  {
    name: '401 the clock of GitHub and ours differ',
    kinds: ['app'],
    strike: () => town.sim.skewClock(-15 * 60_000),
    heal: () => town.sim.skewClock(0),
    reason: /clock|exp|iat/i,
    who: /who runs this server/,
    url: /^$/,
    issue: /clock|exp|iat/i,
  },
]

const table = rows.flatMap((row) => row.kinds.map((kind) => ({ ...row, kind })))

/** Struck, judged, healed, judged again, under the mode in force. */
async function suffer(row: (typeof table)[number]): Promise<void> {
  const before = town.sim.writes.length
  await row.strike(row.kind)
  await town.judge()
  expect(await town.control()).toMatchObject({ state: 'error', reason: expect.stringMatching(row.reason) })
  const { verdict } = await town.run()
  const diagnosis = verdict.diagnoses.find(({ reason }) => row.reason.test(reason))
  expect(diagnosis?.remedy?.who).toMatch(row.who)
  expect(diagnosis?.remedy?.action).toMatch(/\w/)
  expect(diagnosis?.remedy?.url ?? '').toMatch(row.url)
  expect(town.sim.writes.slice(before).filter(({ path }) => path.includes('/hooks'))).toEqual([])
  const open = town.reporting.issues.filter(({ state }) => state === 'open')
  if (row.issue === null) expect(open).toEqual([])
  else expect(open.map(({ body }) => body)).toEqual([expect.stringMatching(row.issue)])

  await row.heal(row.kind)
  await town.judge()
  expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
  expect(town.reporting.issues.filter(({ state }) => state === 'open')).toEqual([])
}

describe('a refusal of GitHub', () => {
  it.each(table)('$name ($kind): Error with its remedy, under Check and Enforce, and heals by itself', async (row) => {
    await connected(row.kind)
    await suffer(row)
    await town.set(eventHandlersPath, 'Enforce: Enabled')
    await town.settle()
    await suffer(row)
  })
})

describe('a limit of GitHub’s', () => {
  it.each(['app', 'fine-grained', 'classic'] as const)(
    'leaves the state as it was, is waited for, and that shows (%s)',
    async (kind) => {
      await connected(kind)
      const { since, lastRunId } = await town.control()
      town.sim.faults.api({ fault: { kind: 'tooMany', seconds: 600 } })
      const before = Date.now()
      await town.judge()
      expect(await town.control()).toMatchObject({ state: 'ok', since, lastRunId })
      const { jobs } = town.guardpost.means.store
      const [waiting] = (await jobs.waiting()).filter(({ connectionId }) => connectionId === 1)
      expect(waiting?.next).toBeGreaterThanOrEqual(before + 600_000)
      expect(await jobs.parked()).toEqual([])
      const figures = await town.guardpost.metrics.render()
      expect(figures).toMatch(/^guardpost_jobs_waiting\{connection="1"\} [1-9]/m)
      const until = /^guardpost_github_blocked_until_seconds\{connection="(?:1|app)",resource="core"\} (\S+)$/m
      expect(Number(until.exec(figures)?.[1])).toBeGreaterThanOrEqual(before / 1_000 + 600)
    },
  )
})

describe('a refusal that only says “later”', () => {
  it.each(['app', 'fine-grained', 'classic'] as const)(
    'leaves the state as it was and is tried again (%s)',
    async (kind) => {
      await connected(kind)
      const { since, lastRunId } = await town.control()
      const outage = town.sim.faults.api({ fault: { kind: 'status', status: 502 } })
      await town.judge()
      expect(await town.control()).toMatchObject({ state: 'ok', since, lastRunId })
      const { queued, parked } = await town.guardpost.means.store.jobs.counts()
      expect(queued).toBeGreaterThan(0)
      expect(parked).toBe(0)
      outage.off()
      await town.judge()
      expect((await town.control()).lastRunId).not.toBe(lastRunId)
      expect(await town.control()).toMatchObject({ state: 'ok', since })
    },
  )
})
