import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { discoverJob } from '../../src/engine/jobs.ts'
import { connect } from '../support/connect.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

const reporting = 'GitHub > Repository > Code Security > Private Vulnerability Reporting'
const repositoryToken = 'GitHub > Repository > Actions > Default Token'
const scanning = 'GitHub > Repository > Code Security > Secret Scanning'
const organizationToken = 'GitHub > Organization > Actions > Default Token'

let town: Guarded
beforeEach(async () => {
  town = await guarded()
  town.org.plan = 'team'
  const settings = { privateVulnerabilityReporting: true, secretScanning: true } as const
  town.org.createRepository({ name: 'web', visibility: 'public', settings })
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

async function ask(): Promise<void> {
  await town.set(reporting, 'Check: Enabled')
  await town.set(repositoryToken, 'Check: Read')
  await town.set(scanning, 'Check: Enabled')
  await town.set(organizationToken, 'Check: Read')
  await town.settle()
}

const said = async (path: string, title = path.startsWith('GitHub > Repository') ? 'acme/web' : 'acme') => {
  const { state, reason } = await town.control(path, title)
  return `${state}: ${reason}`
}
const diagnosesOf = async (path: string, title: string) => {
  const { id, connectionId } = await town.control(path, title)
  return (await town.guardpost.means.store.controls.lastRun(connectionId, id))?.verdict.diagnoses
}
const discover = async () => {
  const { store, clock } = town.guardpost.means
  await store.jobs.enqueue([discoverJob(1, 'a test', clock())])
  await town.settle()
}
const asked = (end: string) => town.sim.requests.filter(({ path }) => path.endsWith(end)).length

describe('what an App may not read', () => {
  const refused = (type: string) =>
    `error: \`${type}\` is not known: the permission \`administration: read\` is not granted.`

  it('is an Error that names the permission and who grants it, is not asked for, and heals; what a list hides is TBD', async () => {
    const { administration: _, organization_administration: __, ...permissions } = town.app.permissions
    const installation = town.install({ permissions })
    await town.settle()
    await ask()
    const asBefore = async () => {
      expect(await said(reporting)).toBe(refused('GitHub > Private Vulnerability Reporting'))
      expect(await said(repositoryToken)).toBe(refused('GitHub > Repository Actions Policy'))
      expect(await said(scanning)).toBe(
        'tbd: Secret scanning: not known. GitHub shows it only to those who hold `administration: read`.',
      )
      expect(await said(organizationToken)).toContain('`organization_administration: read`')
      expect(await said(organizationToken)).toMatch(/^error: /)
      for (const [path, title, key] of [
        [reporting, 'acme/web', 'administration'],
        [repositoryToken, 'acme/web', 'administration'],
        [organizationToken, 'acme', 'organization_administration'],
      ] as const)
        expect(await diagnosesOf(path, title)).toMatchObject([
          {
            code: 'permission-not-granted',
            missing: { key, needed: 'read', granted: null },
            remedy: { who: 'an owner of acme', url: expect.stringContaining('/permissions/update') },
          },
        ])
      expect(asked('/private-vulnerability-reporting')).toBe(0)
    }
    await asBefore()
    await discover()
    await asBefore()

    installation.grant()
    await town.settle()
    for (const path of [reporting, repositoryToken, scanning, organizationToken])
      expect(await said(path)).toMatch(/^ok: .*(Enabled|Read)\.$/)

    // What was read before is of before: nobody can tell that it is so still.
    const calls = asked('/private-vulnerability-reporting')
    installation.revoke('administration')
    await town.judge()
    expect(await said(reporting)).toBe(refused('GitHub > Private Vulnerability Reporting'))
    expect(await said(repositoryToken)).toBe(refused('GitHub > Repository Actions Policy'))
    expect(asked('/private-vulnerability-reporting')).toBe(calls)
    installation.grant({ administration: 'read' })
    await town.settle()
    for (const path of [reporting, repositoryToken]) expect(await said(path)).toMatch(/^ok: /)
  })

  it('of one repository alone is an Error there, and nowhere else; and heals when it is read again', async () => {
    town.org.createRepository({ name: 'shop', visibility: 'public' })
    town.install()
    await town.settle()
    const fault = town.sim.faults.api({
      fault: { kind: 'refused', status: 404 },
      when: ({ path }) => /\/repos\/acme\/web\/(private|actions)/.test(path),
    })
    await ask()
    expect(await said(reporting)).toBe(
      'error: GitHub answers 404 to GET /repos/{owner}/{repo}/private-vulnerability-reporting: it does not exist, or the connection of acme may not see it.',
    )
    expect(await said(repositoryToken)).toMatch(/^error: GitHub answers 404 to GET .*\/actions\/permissions:/)
    expect(await said(reporting, 'acme/shop')).toBe('alarm: Private vulnerability reporting: Disabled, not Enabled.')
    expect(await said(repositoryToken, 'acme/shop')).toMatch(/^ok: /)
    fault.off()
    await discover()
    expect(await said(reporting)).toMatch(/^ok: /)
    expect(await said(repositoryToken)).toMatch(/^ok: /)
  })
})

it('a token that may not read them is told so by its calls, with what to grant and where; and heals with a better one', async () => {
  const token = (more: Partial<Record<string, 'read' | 'write'>>) =>
    town.sim.createToken({
      user: town.org.owner,
      kind: 'fine-grained',
      org: town.org,
      permissions: { issues: 'write', contents: 'read', organization_hooks: 'write', ...more } as never,
    })
  await connect(town, token({}))
  await ask()
  for (const [path, title, permission] of [
    [reporting, 'acme/web', 'administration: read'],
    [repositoryToken, 'acme/web', 'administration: read'],
    [organizationToken, 'acme', 'organization_administration: read'],
  ] as const) {
    expect(await said(path)).toMatch(
      new RegExp(
        `^error: GET \\S+ was refused: the token lacks \`${permission}\`: Resource not accessible by personal`,
      ),
    )
    expect(await diagnosesOf(path, title)).toMatchObject([
      { remedy: { who: 'the owner of the token', action: expect.stringContaining(permission) } },
    ])
  }
  await connect(town, token({ administration: 'read', organization_administration: 'read' }))
  for (const path of [reporting, repositoryToken, scanning, organizationToken])
    expect(await said(path)).toMatch(/^ok: /)
})

it('a repository that is new, or public now, is asked about at once', async () => {
  const hidden = town.org.createRepository({ name: 'hidden', settings: { privateVulnerabilityReporting: true } })
  town.install()
  await town.settle()
  await ask()
  expect(await said(reporting, 'acme/hidden')).toBe('skipped: Only public repositories have it.')
  town.org.createRepository({ name: 'fresh', visibility: 'public' })
  hidden.setVisibility('public')
  await town.settle()
  expect(await said(reporting, 'acme/fresh')).toMatch(/^alarm: /)
  expect(await said(repositoryToken, 'acme/fresh')).toMatch(/^ok: /)
  expect(await said(reporting, 'acme/hidden')).toMatch(/^ok: /)
})
