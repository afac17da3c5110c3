import { afterEach, expect, it } from '@jest/globals'
import type { SimulatorOptions } from '../../src/simulator/simulator.ts'
import { type Acme, startAcme } from './acme.ts'
import type { Ask } from './ask.ts'

const start = Date.parse('2026-01-10T12:00:00Z')
const path = '/orgs/acme/audit-log'

let acme: Acme
let now: number
let ask: Ask
afterEach(() => acme.close())

async function onPlan(plan: string, options: Partial<SimulatorOptions> = {}): Promise<void> {
  now = start
  const permissions = { organization_administration: 'read' } as const
  acme = await startAcme({ permissions, clock: () => now, ...options })
  acme.org.plan = plan
  ask = await acme.asInstallation()
}

const actions = async (query: string) =>
  (await ask('GET', `${path}?${query}`)).body.map(({ action }: { action: string }) => action)

it('tells who did what and when, as GitHub writes it', async () => {
  await onPlan('enterprise')
  acme.org.set({ defaultRepositoryPermission: 'none', description: 'in no log' }, { sender: 'dana' })
  expect((await ask('GET', path)).body).toEqual([
    {
      '@timestamp': start,
      _document_id: expect.stringMatching(/^[\w-]{22}$/),
      action: 'org.update_default_repository_permission',
      actor: 'dana',
      actor_id: expect.any(Number),
      created_at: start,
      operation_type: 'modify',
      org: 'acme',
      org_id: acme.org.id,
    },
  ])
})

it('gives it from a time on, in either order, page by page, filtered by action', async () => {
  await onPlan('enterprise')
  const repository = acme.org.createRepository({ name: 'one' })
  for (const act of [
    () => acme.org.setActions({ allowedActions: 'all' }),
    () => repository.set({ hasWiki: false }),
    () => acme.org.createHook({ url: 'https://hooks.example/x' }),
  ]) {
    now += 60_000
    act()
  }
  const all = ['org.update_actions_settings', 'repo.change_merge_setting', 'hook.create']
  expect(await actions('order=asc')).toEqual(all)
  expect(await actions('')).toEqual(all.toReversed())
  expect(await actions('order=asc&phrase=created:>=2026-01-10T12:02:00Z')).toEqual(all.slice(1))
  expect(await actions('phrase=action:repo')).toEqual(['repo.change_merge_setting'])
  expect(await actions('include=git')).toEqual([])
  const first = await ask('GET', `${path}?order=asc&per_page=2`)
  const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? []
  const { pathname, search } = new URL(next)
  const second = await ask('GET', `${pathname}${search}`)
  expect([...first.body, ...second.body].map(({ action }) => action)).toEqual(all)
  expect(second.headers.get('link')).toBeNull()
})

it('has a limit of its own', async () => {
  await onPlan('enterprise')
  const { headers } = await ask('GET', path)
  expect(headers.get('x-ratelimit-resource')).toBe('audit_log')
  expect(headers.get('x-ratelimit-limit')).toBe('1750')
  for (let count = 0; count < 1_749; count++) {
    now += 1_000
    await ask('GET', `${path}?per_page=1`)
  }
  expect((await ask('GET', path)).status).toBe(403)
  expect((await ask('GET', '/orgs/acme')).status).toBe(200)
  now = start + 3_601_000
  expect((await (await acme.asInstallation())('GET', path)).status).toBe(200)
})

it.each([
  ['team', 'github.com'],
  ['enterprise', 'ghes'],
] as const)('is not there on the plan %s of %s', async (plan, flavour) => {
  await onPlan(plan)
  if (flavour === 'github.com') return expect((await ask('GET', path)).status).toBe(404)
  await acme.close()
  await onPlan(plan, { flavour })
  acme.org.setActions({ allowedActions: 'all' })
  expect((await ask('GET', path)).status).toBe(404)
  expect(acme.org.auditLog).toEqual([])
})

it('asks for the permission', async () => {
  await onPlan('enterprise')
  acme.installation.revoke('organization_administration')
  const refused = await ask('GET', path)
  expect(refused).toMatchObject({ status: 403, body: { message: 'Resource not accessible by integration' } })
  expect(refused.headers.get('x-accepted-github-permissions')).toBe('organization_administration=read')
})
