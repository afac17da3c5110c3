import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { treeOf } from '../../src/simulator/git.ts'
import { type Acme, startAcme } from './acme.ts'
import type { Ask } from './ask.ts'

it('names blobs and trees as Git does', () => {
  const files = { 'guardpost.yml': 'a: ü\n', 'guardpost/b.yml': 'b', 'guardpost/deep/c.yml': '', 'guardpost.md': 'd' }
  const folder = mkdtempSync(join(tmpdir(), 'git-'))
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim()
  git('init', '-q')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  git('add', '.')
  const { sha, entries } = treeOf(new Map(Object.entries(files)))
  expect(sha).toBe(git('write-tree'))
  const lines = entries.map(({ mode, type, sha, path }) => `${mode} ${type} ${sha}\t${path}`).join('\n')
  expect(lines).toBe(git('ls-tree', git('write-tree')))
  rmSync(folder, { recursive: true })
})

describe('a repository with files', () => {
  let acme: Acme
  let ask: Ask
  const repository = () => {
    const found = acme.org.repositories.get('one')
    if (!found) throw new Error('It is not there.')
    return found
  }
  beforeAll(async () => {
    acme = await startAcme({
      permissions: { contents: 'read', pull_requests: 'read', administration: 'read', checks: 'write' },
      events: ['push', 'pull_request'],
    })
    acme.org.createRepository({ name: 'one' })
    ask = await acme.asInstallation()
  })
  afterAll(() => acme.close())

  const heard = async (event: string) => {
    await acme.sim.idle()
    const all = acme.receiver.received.filter(({ headers }) => headers['x-github-event'] === event)
    acme.receiver.forget()
    return all.map(({ payload }) => payload)
  }

  it('shows them by tree and blob, and tells which a push changed', async () => {
    repository().commit({ 'a.yml': 'x'.repeat(100), 'b/c.yml': 'c' })
    repository().commit({ 'a.yml': null, 'b/c.yml': 'changed', 'b/d.yml': 'd' })
    const pushed = (await heard('push')).map(({ commits: [{ added, removed, modified }] }) => [
      added,
      removed,
      modified,
    ])
    expect(pushed).toEqual([
      [['a.yml', 'b/c.yml'], [], []],
      [['b/d.yml'], ['a.yml'], ['b/c.yml']],
    ])
    const { body: branch } = await ask('GET', '/repos/acme/one/branches/main')
    const { body: root } = await ask('GET', `/repos/acme/one/git/trees/${branch.commit.commit.tree.sha}`)
    expect(root.tree.map(({ path, type }: { path: string; type: string }) => `${type} ${path}`)).toEqual([
      'blob README.md',
      'tree b',
    ])
    const { body: folder } = await ask('GET', `/repos/acme/one/git/trees/${root.tree[1].sha}`)
    expect(folder.tree[0]).toMatchObject({ path: 'c.yml', size: 7 })
    const { body: blob } = await ask('GET', `/repos/acme/one/git/blobs/${folder.tree[0].sha}`)
    expect(Buffer.from(blob.content, 'base64').toString()).toBe('changed')
    expect((await ask('GET', `/repos/acme/one/git/blobs/${'0'.repeat(40)}`)).status).toBe(404)
    expect((await ask('GET', `/repos/acme/one/git/trees/${'0'.repeat(40)}`)).status).toBe(404)
  })

  it('has pull requests, which share numbers with issues and move with their branches', async () => {
    const issue = repository().createIssue({ title: 'x' })
    repository().commit({ 'b/c.yml': 'proposed', 'README.md': null }, { branch: 'proposal' })
    const pull = repository().openPullRequest({ head: 'proposal' })
    repository().commit({ 'main.yml': 'on main since' })
    const after = repository().commit({ 'e.yml': 'e' }, { branch: 'proposal' })
    expect(pull.issue.number).toBe(issue.number + 1)
    const told = (await heard('pull_request')).map((each) => [each.action, each.pull_request.head.sha === after])
    expect(told).toEqual([
      ['opened', false],
      ['synchronize', true],
    ])
    const { body } = await ask('GET', `/repos/acme/one/pulls/${pull.issue.number}`)
    expect(body).toMatchObject({ state: 'open', head: { ref: 'proposal', sha: after }, base: { ref: 'main' } })
    const { body: files } = await ask('GET', `/repos/acme/one/pulls/${pull.issue.number}/files`)
    expect(files.map((each: { filename: string; status: string }) => `${each.status} ${each.filename}`)).toEqual([
      'removed README.md',
      'modified b/c.yml',
      'added e.yml',
    ])
    expect((await ask('GET', '/repos/acme/one/pulls?base=main')).body).toHaveLength(1)
    pull.close()
    expect((await ask('GET', '/repos/acme/one/pulls')).body).toEqual([])
    expect((await heard('pull_request')).map(({ action }) => action)).toEqual(['closed'])
  })

  it('tells a pull request from a fork by its repository', async () => {
    const fork = acme.sim.createOrganization({ login: 'somebody' }).createRepository({ name: 'one', fork: true })
    fork.commit({ 'evil.yml': 'x' }, { branch: 'evil' })
    const pull = repository().openPullRequest({ head: 'evil', from: fork })
    fork.commit({ 'evil.yml': 'y' }, { branch: 'evil' })
    const [opened, moved] = await heard('pull_request')
    expect(opened.pull_request.head.repo.full_name).toBe('somebody/one')
    expect(moved.action).toBe('synchronize')
    const { body } = await ask('GET', `/repos/acme/one/pulls/${pull.issue.number}/files`)
    expect(body.map(({ filename }: { filename: string }) => filename)).toContain('evil.yml')
  })
})

describe('the rules of a branch', () => {
  let acme: Acme
  beforeAll(async () => {
    acme = await startAcme({ permissions: { administration: 'read', contents: 'read' } })
  })
  afterAll(() => acme.close())

  it('are those of the repository and of the organization; who need not keep to them is not told to readers', async () => {
    const two = acme.org.createRepository({ name: 'two' })
    const ask = await acme.asInstallation()
    const own = two.createRuleset({ name: 'own', rules: ['pull_request'], approvals: 2, bypassedByOwners: true })
    const above = acme.org.createRuleset({ name: 'above', rules: ['deletion'], include: ['refs/heads/ma*'] })
    two.createRuleset({ name: 'trial', enforcement: 'evaluate' })
    two.createRuleset({ name: 'elsewhere', include: ['refs/heads/release/*'] })
    const { body } = await ask('GET', '/repos/acme/two/rules/branches/main')
    expect(body).toEqual([
      {
        type: 'pull_request',
        parameters: expect.objectContaining({ required_approving_review_count: 2 }),
        ruleset_source_type: 'Repository',
        ruleset_source: 'acme/two',
        ruleset_id: own.id,
      },
      { type: 'deletion', ruleset_source_type: 'Organization', ruleset_source: 'acme', ruleset_id: above.id },
    ])
    expect((await ask('GET', '/repos/acme/two/rules/branches/release%2F1')).body).toHaveLength(1)
    const { body: shown } = await ask('GET', `/repos/acme/two/rulesets/${own.id}`)
    expect(shown).toMatchObject({ name: 'own', current_user_can_bypass: 'never' })
    expect(shown).not.toHaveProperty('bypass_actors')
    acme.app.request({ ...acme.app.permissions, administration: 'write' })
    acme.installation.grant()
    const wider = await acme.asInstallation()
    expect((await wider('GET', `/repos/acme/two/rulesets/${own.id}`)).body.bypass_actors).toHaveLength(1)
    expect((await wider('GET', `/repos/acme/two/rulesets/${above.id}`)).body).not.toHaveProperty('bypass_actors')
  })

  it('are besides those of branch protection', async () => {
    const three = acme.org.createRepository({ name: 'three' })
    const ask = await acme.asInstallation()
    const protection = () => ask('GET', '/repos/acme/three/branches/main/protection')
    expect(await protection()).toMatchObject({ status: 404, body: { message: 'Branch not protected' } })
    three.protectBranch('release/*', { requiresApprovingReviews: true })
    expect((await protection()).status).toBe(404)
    three.protectBranch('main', {
      requiresApprovingReviews: true,
      requiredApprovingReviewCount: 2,
      isAdminEnforced: true,
    })
    expect((await protection()).body).toMatchObject({
      enforce_admins: { enabled: true },
      allow_force_pushes: { enabled: false },
      required_pull_request_reviews: { required_approving_review_count: 2 },
    })
  })

  it('are none on a free plan, but for public repositories', async () => {
    const free = acme.sim.createOrganization({ login: 'free', plan: 'free' })
    free.createRepository({ name: 'hidden' })
    free.createRepository({ name: 'open', visibility: 'public' })
    const owner = acme.as(
      `token ${acme.sim.createToken({ user: free.owner.login, kind: 'classic', scopes: ['repo'] }).value}`,
    )
    for (const path of ['rules/branches/main', 'branches/main/protection'])
      expect(await owner('GET', `/repos/free/hidden/${path}`)).toMatchObject({
        status: 403,
        body: { message: 'Upgrade to GitHub Pro or make this repository public to enable this feature.' },
      })
    expect((await owner('GET', '/repos/free/open/rules/branches/main')).status).toBe(200)
  })
})
