import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { controlJob } from '../../src/engine/jobs.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import type { RepositorySettings } from '../../src/simulator/repository-settings.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

const under = 'GitHub > Repository'

/** Each control over a setting with a value under Enforce, the setting, what is then set, and what it is before. */
const rows: readonly (readonly [string, string, keyof RepositorySettings, unknown])[] = [
  ['Pull Request > Delete Branch on Merge', 'Enabled', 'deleteBranchOnMerge', true],
  ['Discussions > Enabled', 'Enabled', 'hasDiscussions', true],
  ['Projects > Enabled', 'Disabled', 'hasProjects', false],
  ['Wikis > Enabled', 'Disabled', 'hasWiki', false],
  ['Issues > Enabled', 'Disabled', 'hasIssues', false],
  ['Web Commit Signoff', 'Enabled', 'webCommitSignoffRequired', true],
  ['Dependabot > Alerts', 'Enabled', 'vulnerabilityAlerts', true],
  ['Dependabot > Security Updates', 'Enabled', 'dependabotSecurityUpdates', true],
  ['Code Security > Secret Scanning', 'Enabled', 'secretScanning', true],
  ['Code Security > Push Protection', 'Enabled', 'secretScanningPushProtection', true],
  ['Code Security > Private Vulnerability Reporting', 'Enabled', 'privateVulnerabilityReporting', true],
  ['Actions > Default Token', 'Read', 'defaultWorkflowPermissions', 'read'],
]
const others = ['Visibility', 'Default Branch', 'Pull Request > Merge Configuration', 'Forking > Enabled'] as const
const paths = [...rows.map(([path]) => path), ...others]

describe('settings of repositories under Enforce', () => {
  let town: Guarded
  /** Public, as private vulnerability reporting is; private, of which nothing is asked but by name; and archived. */
  let open: Repository
  let closed: Repository
  let archived: Repository
  beforeAll(async () => {
    town = await guarded()
    town.org.set({ membersCanForkPrivateRepositories: true })
    town.org.setActions({ defaultWorkflowPermissions: 'write' })
    const settings = { defaultWorkflowPermissions: 'write' } as const
    open = town.org.createRepository({ name: 'open', visibility: 'public', defaultBranch: 'master', settings })
    closed = town.org.createRepository({ name: 'closed', defaultBranch: 'master' })
    closed.push('main')
    archived = town.org.createRepository({ name: 'old' })
    archived.archive()
    const permissions = {
      ...town.app.permissions,
      administration: 'write',
      contents: 'write',
      organization_administration: 'write',
    } as const
    town.app.request(permissions)
    town.install()
    await town.settle()
  })
  afterAll(async () => {
    expect(town.sim.judged).toEqual([])
    await town.close()
  })

  const state = async (path: string, name: string) => (await town.control(`${under} > ${path}`, `acme/${name}`)).state
  const states = (name: string, asked = paths) =>
    Promise.all(asked.map(async (path) => [path, await state(path, name)]))
  const all = (state: string, asked = paths) => asked.map((path) => [path, state])
  const writes = () =>
    town.sim.writes
      .filter(({ path }) => /^\/(repos\/acme\/(open|closed|old)\b|graphql)/.test(path))
      .map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body ?? null)}`)
  const judge = async (name: string) => {
    const { store, clock } = town.guardpost.means
    for (const path of paths) {
      const { resourceId, connectionId } = await town.control(`${under} > ${path}`, `acme/${name}`)
      const payload = { path: `${under} > ${path}`, resourceId, why: 'a test', fresh: true }
      await store.jobs.enqueue([controlJob(connectionId, payload, clock())])
    }
    await town.settle()
  }

  const ask = async (mode: 'Check' | 'Enforce') => {
    await town.set(`${under} > Pull Request > Merge Configuration > Settings`, ['Squash Merge'])
    for (const [path, value] of rows) await town.set(`${under} > ${path}`, `${mode}: ${value}`)
    await town.set(`${under} > Default Branch`, `${mode}: Set to \`Default Branch > Name\``)
    await town.set(`${under} > Visibility`, `${mode}: ${mode === 'Check' ? 'Private' : 'Public'}`)
    await town.set(`${under} > Forking > Enabled`, `${mode}: Disabled`)
    const merging = `${mode}: Enabled per \`Merge Configuration > Settings\``
    await town.set(`${under} > Pull Request > Merge Configuration`, merging)
    await town.settle()
  }

  it('are only looked at under Check: what lies below repositories is read once somebody asks', async () => {
    expect(town.sim.requests.filter(({ path }) => path.endsWith('/private-vulnerability-reporting'))).toEqual([])
    await ask('Check')
    const wrong = all('alarm').map(([path, state]) => [path, path === 'Forking > Enabled' ? 'skipped' : state])
    expect(await states('open')).toEqual(wrong)
    const skipped = paths.filter((path) => path !== 'Visibility')
    expect(await states('old', skipped)).toEqual(all('skipped', skipped))
    expect(writes()).toEqual([])
  })

  it('are set right, one write each that names nothing else, and read back', async () => {
    const before = { ...open.settings }
    await ask('Enforce')
    await town.settle()
    const right = all('ok').map(([path, state]) => [path, path === 'Forking > Enabled' ? 'skipped' : state])
    // What needs another feature first may have been tried before it: GitHub says so, and the next run mends it.
    await judge('open')
    expect(await states('open')).toEqual(right)
    const set = Object.fromEntries(rows.map(([, , setting, value]) => [setting, value]))
    expect(open.settings).toEqual({ ...before, ...set, allowMergeCommit: false, allowRebaseMerge: false })
    expect([open.defaultBranch, [...open.branches.keys()]]).toEqual(['main', ['main']])
    expect(writes()).toEqual(
      expect.arrayContaining([
        'POST /repos/acme/open/branches/master/rename {"new_name":"main"}',
        'PATCH /repos/acme/closed {"default_branch":"main"}',
        'PATCH /repos/acme/open {"allow_merge_commit":false,"allow_rebase_merge":false}',
      ]),
    )
    expect([closed.defaultBranch, [...closed.branches.keys()].toSorted()]).toEqual(['main', ['main', 'master']])
    expect(closed.visibility).toBe('public')
    expect(writes().filter((write) => write.includes('/repos/acme/old'))).toEqual([])
  })

  it('are written no more when they are so already', async () => {
    const before = writes()
    await judge('open')
    expect(writes()).toEqual(before)
  })

  it('are set right again when somebody changes them back: at once where GitHub tells', async () => {
    open.set({ secretScanning: false, secretScanningPushProtection: false })
    open.edit({ defaultBranch: 'trunk' })
    await town.settle()
    expect(open.settings).toMatchObject({ secretScanning: true, secretScanningPushProtection: true })
    expect(open.defaultBranch).toBe('main')
    open.setVisibility('private')
    await town.settle()
    expect(open.visibility).toBe('public')
  })
})
