import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { connect as connectTo } from '../support/connect.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded()
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

const connect = (token: { value: string }) => connectTo(town, token)
const classic = (...scopes: string[]) => town.sim.createToken({ user: town.org.owner, kind: 'classic', scopes })

describe('a classic token', () => {
  it('has the events come by an organization webhook, made under Enforce', async () => {
    town.org.createRepository({ name: 'web', visibility: 'private' })
    await connect(classic('repo', 'admin:org', 'admin:org_hook'))
    expect(await town.control()).toMatchObject({ state: 'alarm', reason: 'Organization webhook: missing.' })
    await town.set(eventHandlersPath, 'Enforce: Enabled')
    await town.settle()
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })

    town.org.createRepository({ name: 'fresh', visibility: 'private' })
    await town.settle()
    expect(await town.control('GitHub > Repository > CMDB', 'acme/fresh')).toMatchObject({ state: 'ok' })
    expect(town.reporting.checkRuns).toEqual([])
  })

  it('without admin:org_hook is an Error that names the scope', async () => {
    await connect(classic('repo', 'read:org'))
    expect(await town.control()).toMatchObject({ state: 'error' })
    const [diagnosis] = (await town.run()).verdict.diagnoses
    expect(diagnosis).toMatchObject({
      code: 'scope-missing',
      missing: { key: expect.stringContaining('admin:org_hook') },
    })
    const issues = town.reporting.issues.filter(
      ({ title }) => title === 'GitHub > Organization > Event Handlers: Error',
    )
    expect(issues.map(({ body }) => body)).toEqual([expect.stringContaining('admin:org_hook')])
  })

  it('revoked is an Error “Bad credentials”, and heals with a new token', async () => {
    const token = classic('repo', 'admin:org', 'admin:org_hook')
    await connect(token)
    town.sim.revokeToken(token)
    await town.judge()
    expect(await town.control()).toMatchObject({ state: 'error', reason: expect.stringContaining('Bad credentials') })
    await connect(classic('repo', 'admin:org', 'admin:org_hook'))
    expect(await town.control()).toMatchObject({ state: 'alarm' })
  })
})

describe('a fine-grained token', () => {
  const fineGrained = (permissions: Record<string, 'read' | 'write'>) =>
    town.sim.createToken({
      user: town.org.owner,
      kind: 'fine-grained',
      org: town.org,
      permissions,
      repositories: 'all',
    })

  it('without the webhooks permission is an Error that names it', async () => {
    await connect(fineGrained({ metadata: 'read', issues: 'write', organization_administration: 'read' }))
    expect(await town.control()).toMatchObject({ state: 'error' })
    expect((await town.run()).verdict.diagnoses[0]).toMatchObject({
      missing: { key: 'organization_hooks', needed: 'read' },
    })
  })

  it('with it works under Enforce', async () => {
    await connect(
      fineGrained({
        metadata: 'read',
        issues: 'write',
        organization_administration: 'read',
        organization_hooks: 'write',
      }),
    )
    await town.set(eventHandlersPath, 'Enforce: Enabled')
    await town.settle()
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
  })
})
