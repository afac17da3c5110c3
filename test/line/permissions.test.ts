import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { PermissionLevel } from '../../src/model/permission.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded()
})
afterEach(() => town.close())

const openIssues = () => town.reporting.issues.filter(({ state }) => state === 'open')

describe.each<[string, PermissionLevel]>([
  ['checks', 'write'],
  ['contents', 'read'],
  ['issues', 'write'],
  ['members', 'read'],
  ['organization_administration', 'read'],
  ['organization_hooks', 'write'],
])('with the permission %s revoked', (key, level) => {
  it('names it with its level, the page and who can mend it, and heals when it is given back', async () => {
    const installation = town.install()
    await town.settle()
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })

    installation.revoke(key)
    await town.judge()
    expect(await town.control()).toMatchObject({
      state: 'error',
      reason: `The permission \`${key}: ${level}\` is not granted.`,
    })
    const { verdict } = await town.run()
    const page = `${town.sim.htmlUrl}/organizations/acme/settings/installations/${installation.id}/permissions/update`
    expect(verdict.diagnoses).toEqual([
      {
        code: 'permission-not-granted',
        reason: `The permission \`${key}: ${level}\` is not granted.`,
        missing: { key, needed: level, requested: level, granted: null, why: expect.stringMatching(/^(so that|to) /) },
        remedy: {
          who: 'an owner of acme',
          action: `Review the request of the App and accept \`${key}: ${level}\`.`,
          url: page,
        },
      },
    ])
    if (key === 'issues') expect(openIssues()).toEqual([])
    else {
      const [issue, ...more] = openIssues()
      expect(more).toEqual([])
      expect(issue?.title).toBe('GitHub > Organization > Event Handlers: Error')
      expect(issue?.body).toContain(`\`${key}\`: needed: \`${level}\`, requested: \`${level}\`, granted: nothing.`)
      expect(issue?.body).toContain(`[Open the page](${page})`)
      expect(issue?.body).toContain('an owner of acme')
    }

    installation.grant({ [key]: level })
    await town.settle()
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
    expect(openIssues()).toEqual([])
    const check = town.reporting.checkRuns.findLast(({ name }) => name === 'GitHub > Organization > Event Handlers')
    expect(check).toMatchObject({ conclusion: 'success' })
    expect(town.sim.judged).toEqual([])
  })
})

describe('with permissions that the App does not ask for', () => {
  it('sends the owner of the App to its permissions page', async () => {
    town.app.request({
      metadata: 'read',
      checks: 'write',
      issues: 'write',
      contents: 'read',
      members: 'read',
      organization_administration: 'read',
      organization_user_blocking: 'read',
    })
    town.install()
    await town.settle()
    const { verdict } = await town.run()
    expect(verdict.diagnoses).toMatchObject([
      {
        code: 'permission-not-requested',
        missing: { key: 'organization_hooks', needed: 'write', requested: null, granted: null },
        remedy: {
          who: 'the owner of the App, acme',
          url: `${town.sim.htmlUrl}/organizations/acme/settings/apps/guardpost/permissions`,
        },
      },
    ])
  })
})

it('keeps one issue over many changes, edits it in place and reopens it rather than doubling it', async () => {
  const installation = town.install()
  await town.settle()
  for (const key of ['organization_hooks', 'members'] as const) {
    installation.revoke(key)
    await town.judge()
  }
  expect(town.reporting.issues).toHaveLength(1)
  expect(town.reporting.issues[0]?.body).toContain('`members: read`')
  expect(town.reporting.issues[0]?.body).toContain('`organization_hooks: write`')

  installation.grant({ organization_hooks: 'write', members: 'read' })
  await town.settle()
  expect(town.reporting.issues[0]).toMatchObject({ state: 'closed' })
  expect(town.reporting.issues[0]?.comments.map(({ body }) => body)).toEqual([
    expect.stringContaining('The control is OK again.'),
  ])

  installation.revoke('organization_hooks')
  await town.judge()
  expect(town.reporting.issues).toHaveLength(1)
  expect(town.reporting.issues[0]).toMatchObject({ state: 'open' })
})
