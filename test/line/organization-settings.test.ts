import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { controlTypes } from '../../src/controls/index.ts'
import type { Installation } from '../../src/simulator/installation.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

const under = 'GitHub > Organization'

/** Each control with a value under Enforce, what is then set, and how somebody changes it back. */
const rows = [
  ['Member Privileges > Base Permissions', 'None', 'defaultRepositoryPermission', 'none', 'write'],
  ['Member Privileges > Repository Creation', 'Disabled', 'membersCanCreatePublicRepositories', false, true],
  [
    'Member Privileges > Repository Forking',
    'Deny forking of private repositories',
    'membersCanForkPrivateRepositories',
    false,
    true,
  ],
  ['Member Privileges > Pages Creation', 'Disabled', 'membersCanCreatePublicPages', false, true],
  ['Deploy Keys > Enabled', 'Disabled', 'deployKeysEnabledForRepositories', false, true],
  ['Web Commit Signoff', 'Enabled', 'webCommitSignoffRequired', true, false],
] as const

describe('settings of an organization under Enforce', () => {
  let town: Guarded
  let installation: Installation
  beforeAll(async () => {
    town = await guarded()
    // What the organization subscribes to is not known, so that GitHub is the first to say it.
    const { organization_plan: _, ...permissions } = town.app.permissions
    installation = town.install({ permissions })
    town.org.set({ membersCanForkPrivateRepositories: true })
    await town.settle()
    for (const [path, value] of rows) await town.set(`${under} > ${path}`, `Enforce: ${value}`)
    await town.settle()
  })
  afterAll(async () => {
    expect(town.sim.judged).toEqual([])
    await town.close()
  })

  const states = () => Promise.all(rows.map(async ([path]) => [path, (await town.control(`${under} > ${path}`)).state]))
  const all = (state: string) => rows.map(([path]) => [path, state])
  const patches = () => town.sim.requests.filter(({ method, path }) => method === 'PATCH' && path === '/orgs/acme')

  it('are left as they are, and said to be wrong, while the permission to change them is not granted', async () => {
    expect(await states()).toEqual(all('alarm'))
    expect(patches()).toEqual([])
    expect(town.org.settings).toMatchObject({ defaultRepositoryPermission: 'read' })
  })

  it('are set right once it is, in one call each that names nothing else, and read back', async () => {
    const before = { ...town.org.settings }
    town.app.request({ ...town.app.permissions, organization_administration: 'write' })
    installation.grant({ organization_administration: 'write' })
    await town.settle()
    for (const [path] of rows) await town.judge(`${under} > ${path}`)
    expect(await states()).toEqual(all('ok'))
    expect(patches()).toHaveLength(rows.length)
    const set = Object.fromEntries(rows.map(([, , field, right]) => [field, right]))
    const along = {
      membersCanCreateRepositories: false,
      membersCanCreatePrivateRepositories: false,
      membersCanCreatePages: false,
      membersCanCreatePrivatePages: false,
    }
    expect(town.org.settings).toEqual({ ...before, ...set, ...along })
  })

  it('are written no more when they are so already', async () => {
    const before = patches().length
    for (const [path] of rows) await town.judge(`${under} > ${path}`)
    expect(await states()).toEqual(all('ok'))
    expect(patches()).toHaveLength(before)
  })

  it('are set right again when somebody changes them back', async () => {
    town.org.set(Object.fromEntries(rows.map(([, , field, , wrong]) => [field, wrong])))
    for (const [path] of rows) await town.judge(`${under} > ${path}`)
    expect(await states()).toEqual(all('ok'))
    for (const [, , field, right] of rows) expect(town.org.settings).toHaveProperty(field, right)
  })

  it('that the plan does not have are Skipped with GitHub’s words, and nothing is changed', async () => {
    const path = `${under} > Member Privileges > Repository Creation`
    town.org.set({ membersCanCreatePublicRepositories: true, membersCanCreatePrivateRepositories: true })
    await town.set(path, 'Enforce: Private only')
    await town.judge(path)
    expect(await town.control(path)).toMatchObject({
      state: 'skipped',
      reason: expect.stringContaining('Upgrade to GitHub Enterprise to enable this feature.'),
    })
    expect(town.org.settings.membersCanCreatePublicRepositories).toBe(true)
  })
})

it('is asked for no permission to change anything until a policy enforces', () => {
  const enforced = controlTypes.filter(({ needs }) => needs.enforce !== undefined)
  expect(enforced.length).toBeGreaterThan(rows.length)
  for (const { policy } of enforced) expect(policy.default({ kind: 'app' })).not.toMatch(/^Enforce/)
})
