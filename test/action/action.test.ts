import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { appManifest } from '../../src/engine/manifest.ts'
import { reporters } from '../../src/reporters/index.ts'
import type { App } from '../../src/simulator/app.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { asking, jwtOf } from '../simulator/ask.ts'
import { openApiJudge } from '../support/openapi-judge.ts'
import { sarifFaults } from '../support/sarif.ts'
import { runAction, type Workflow } from './runner.ts'

const url = 'https://guardpost.example'

describe('the Action, built and run as a runner does', () => {
  let folder: string
  let action: string
  let sim: Simulator
  let org: Organization
  let app: App
  let home: Repository
  let workflowToken: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guardpost-action-'))
    action = join(folder, 'action')
    execFileSync(process.execPath, ['scripts/build-action.ts', action])
    sim = await startSimulator({ flavour: 'ghes', onRequest: openApiJudge() })
    org = sim.createOrganization({ login: 'acme' })
    home = org.createRepository({ name: '.github-private', visibility: 'private' })
    org.createRepository({ name: 'web', visibility: 'public' })
    const manifest = appManifest(reporters, { name: 'Guardpost', url, hookUrl: `${url}/hook` })
    app = sim.createApp({
      name: 'Guardpost',
      owner: org,
      permissions: manifest.default_permissions,
      events: manifest.default_events,
      webhook: { url: `${url}/hook`, secret: 'of somebody' },
    })
    workflowToken = await tokenOf(home)
  })
  afterAll(async () => {
    await sim.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** As GitHub makes one for each run: of an App of its own, for the repository of the workflow. */
  async function tokenOf(repository: Repository): Promise<string> {
    const actions = sim.createApp({ name: `Actions ${repository.name}`, owner: org, permissions: { contents: 'read' } })
    const { id } = sim.install(actions, org, { repositorySelection: 'selected', repositories: [repository] })
    const ask = asking(sim.apiUrl, `Bearer ${jwtOf(actions)}`)
    return (await ask('POST', `/app/installations/${id}/access_tokens`)).body.token
  }

  const run = (draft: Partial<Workflow> = {}) =>
    runAction({
      action,
      serverUrl: sim.htmlUrl,
      repository: 'acme/.github-private',
      token: workflowToken,
      temporary: mkdtempSync(join(folder, 'runner-')),
      with: { 'app-id': String(app.id), 'private-key': app.privateKey },
      ...draft,
    })

  it('fails where the App is not installed, and says what to do', async () => {
    const { status, said, outputs } = await run()
    expect(status).toBe(1)
    expect(said).toContain(
      '::error::acme cannot be reached.%0AInstallation: The App is not installed on acme. What to do',
    )
    expect(outputs).toEqual({})
  })

  it('passes, keeps its state without a secret, and goes on from it', async () => {
    const installation = sim.install(app, org)
    const temporary = mkdtempSync(join(folder, 'runner-'))
    const first = await run({ temporary })
    expect(first).toMatchObject({ status: 0, outputs: { state: 'ok', alarm: '0', error: '0', invalid: '0', tbd: '0' } })
    expect(first.summary).toMatch(/^## Guardpost: acme\n\n\*\*\d+ Skipped · \d+ OK\*\*/)
    expect(sarifFaults(JSON.parse(readFileSync(first.outputs.sarif ?? '', 'utf8')))).toEqual([])
    const state = join(temporary, 'guardpost/state')
    const kept = readdirSync(state).map((file) => readFileSync(join(state, file), 'latin1'))
    for (const secret of [app.privateKey.split('\n')[1] ?? '', workflowToken, 'ghs_'])
      expect(kept.join('')).not.toContain(secret)
    const asked = sim.requests.length
    const second = await run({ temporary })
    expect(second.status).toBe(0)
    expect(sim.requests.length - asked).toBeGreaterThan(0)
    installation.uninstall()
  })

  it('fails where policy files of the organization are not kept, and names each', async () => {
    const installation = sim.install(app, org)
    home.commit({
      'guardpost.yml': "settings:\n  - policy: GitHub > Repository > Visibility\n    value: 'Check: Private'\n",
    })
    home.protectBranch('main', {
      requiresApprovingReviews: true,
      requiredApprovingReviewCount: 1,
      isAdminEnforced: true,
    })
    const { status, said, outputs, summary } = await run()
    expect({ status, state: outputs.state, alarm: outputs.alarm }).toEqual({ status: 1, state: 'alarm', alarm: '1' })
    expect(said).toContain('::error::1 Alarm: the summary of this run says more.')
    expect(summary).toMatch(/\| Alarm \| GitHub &gt; Repository &gt; Visibility \| \[acme\/web\]\(/)
    const sarif = JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8'))
    expect(sarifFaults(sarif)).toEqual([])
    expect(sarif.runs[0].results.filter(({ level }: { level: string }) => level === 'error')).toHaveLength(1)
    home.commit({ 'guardpost.yml': null })
    installation.uninstall()
  })

  it('fails where GitHub refuses, and says who can mend it where', async () => {
    const installation = sim.install(app, org)
    installation.suspend()
    const { status, said, outputs, summary } = await run()
    expect(status).toBe(1)
    expect(said).toMatch(/::error::\d+ Error: the summary of this run says more\./)
    expect(outputs).toMatchObject({ state: 'error' })
    expect(summary).toContain('### What cannot be seen\n\n- Installation: suspended: nothing is heard')
    expect(summary).toMatch(/\| Error \| GitHub &gt; Organization &gt; CMDB \| /)
    expect(sarifFaults(JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8')))).toEqual([])
    installation.uninstall()
  })

  it('fails nobody who says never, and writes the file it was told to', async () => {
    const installation = sim.install(app, org)
    installation.suspend()
    const sarif = join(folder, 'told/guardpost.sarif')
    const told = { 'app-id': String(app.id), 'private-key': app.privateKey, 'fail-on': 'never', sarif }
    const { status, outputs } = await run({ with: told })
    expect({ status, state: outputs.state, sarif: outputs.sarif }).toEqual({ status: 0, state: 'error', sarif })
    expect(JSON.parse(readFileSync(sarif, 'utf8')).version).toBe('2.1.0')
    installation.uninstall()
  })

  it('works by a personal access token, which is kept nowhere', async () => {
    const token = sim.createToken({ kind: 'classic', user: 'alice', scopes: ['repo', 'admin:org', 'admin:org_hook'] })
    org.addMember('alice', { role: 'admin' })
    const temporary = mkdtempSync(join(folder, 'runner-'))
    const { status, outputs, said } = await run({ with: { token: token.value }, temporary })
    expect({ status, outputs, said }).toMatchObject({ status: 0, outputs: { state: 'ok' } })
    const state = join(temporary, 'guardpost/state')
    expect(
      readdirSync(state)
        .map((file) => readFileSync(join(state, file), 'latin1'))
        .join(''),
    ).not.toContain(token.value)
    expect(said).not.toContain(token.value)
  })

  it.each<[string, Record<string, string>, RegExp]>([
    ['no credential', {}, /::error::A credential is missing: give `app-id` and `private-key`/],
    ['both kinds', { token: 'github_pat_1', 'app-id': '1', 'private-key': 'x' }, /::error::Give either `token`/],
    ['half of one', { 'app-id': '1' }, /::error::A credential is missing/],
    ['a minted token', { token: 'ghs_1' }, /::error::`token` takes a personal access token\. This one was minted/],
    ['a key that is none', { 'app-id': '1', 'private-key': 'x' }, /::error::PRIVATE_KEY holds no PEM key/],
    ['a token GitHub does not know', { token: 'ghp_1' }, /::error::acme cannot be reached\.%0AToken: /],
    [
      'a state there is not',
      { token: 'ghp_1', 'fail-on': 'alarms' },
      /::error::`fail-on` takes states .* it is “alarms”/,
    ],
    ['a time that is none', { token: 'ghp_1', patience: 'long' }, /::error::`patience` takes a number of minutes/],
  ])('refuses %s, and says what would be right', async (_what, given, expected) => {
    const { status, said, outputs } = await run({ with: given })
    expect({ status, outputs }).toEqual({ status: 1, outputs: {} })
    expect(said).toMatch(expected)
  })

  it('refuses to run in a public repository', async () => {
    const site = org.createRepository({ name: 'site', visibility: 'public' })
    const { status, said, outputs } = await run({ repository: 'acme/site', token: await tokenOf(site) })
    expect({ status, outputs }).toEqual({ status: 1, outputs: {} })
    expect(said).toContain('::error::acme/site is public: anybody could read here')
  })
})
