import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { connect } from '../support/connect.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

const path = 'GitHub > Organization > Blocked Users'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

const fineGrained = (permissions: Record<string, 'read' | 'write'>) =>
  town.sim.createToken({
    user: town.org.owner,
    kind: 'fine-grained',
    org: town.org,
    permissions: { issues: 'write', organization_hooks: 'write', ...permissions },
  })
const openIssues = () =>
  town.reporting.issues.filter(({ title, state }) => state === 'open' && title.startsWith(path)).map(({ body }) => body)
const blocked = () => [...town.org.blockedUsers].map(({ login }) => login)

describe('a fine-grained token that may not see who is blocked', () => {
  it('is an Error with GitHub’s words, what to grant, who grants it and where; and heals by itself', async () => {
    await connect(town, fineGrained({}))
    const control = await town.control(path)
    expect(control.state).toBe('error')
    expect(control.reason).toMatch(
      /the token lacks `organization_user_blocking: read`: Resource not accessible by personal access token \(https:\S+\/rest\/orgs\/blocking#list-users-blocked-by-an-organization\)$/,
    )
    const { verdict } = await town.run(path)
    expect(verdict.diagnoses).toMatchObject([
      {
        code: 'permission-not-granted',
        call: 'GET /orgs/{org}/blocks',
        missing: { key: 'organization_user_blocking', needed: 'read' },
        remedy: {
          who: 'the owner of the token',
          action: expect.stringContaining(
            'grant it `organization_user_blocking: read`; then an owner of acme approves it',
          ),
          url: `${town.sim.htmlUrl}/settings/personal-access-tokens`,
        },
      },
    ])
    expect(openIssues()).toEqual([expect.stringContaining('organization_user_blocking')])

    await connect(town, fineGrained({ organization_user_blocking: 'read' }))
    expect(await town.control(path)).toMatchObject({ state: 'ok', reason: 'Nobody is named.' })
    expect(openIssues()).toEqual([])
  })
})

describe('an App', () => {
  it('hears of who is blocked, and blocks under Enforce those whom the policy names, and nobody else', async () => {
    const installation = town.install()
    town.org.block('sybil')
    await town.settle()
    await town.set(`${path} > Usernames`, ['mallory', 'Sybil'])
    await town.settle()
    expect(await town.control(path)).toMatchObject({ state: 'alarm', reason: 'Not blocked: mallory.' })

    await town.set(path, 'Enforce: Block Users')
    await town.judge(path)
    expect(blocked()).toEqual(['sybil'])
    town.app.request({ ...town.app.permissions, organization_user_blocking: 'write' })
    installation.grant()
    await town.settle()
    await town.judge(path)
    expect(await town.control(path)).toMatchObject({ state: 'ok', reason: 'All who are named are blocked.' })
    expect(blocked().toSorted()).toEqual(['mallory', 'sybil'])

    await town.set(path, 'Check: Block Users')
    town.org.unblock('mallory')
    await town.settle()
    expect(await town.control(path)).toMatchObject({ state: 'alarm', reason: 'Not blocked: mallory.' })
  })
})
