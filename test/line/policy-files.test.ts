import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { exceptionsIn } from '../../src/engine/exceptions.ts'
import type { PlanPayload } from '../../src/engine/jobs.ts'
import { policyValues, whyOf } from '../../src/engine/policy-values.ts'
import { setPolicy, unsetPolicy } from '../../src/engine/set-policy.ts'
import { firstPlan } from '../../src/policies/enforcement.ts'
import { reportingRepository } from '../../src/policies/reporting.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { newSetting } from '../support/setting.ts'

const path = 'GitHub > Organization > Policy Files'
const usernames = 'GitHub > Organization > Blocked Users > Usernames'
const blocked = 'GitHub > Organization > Blocked Users'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

const asking = (...names: string[]) => `settings:\n  - policy: ${usernames}\n    value: [${names.join(', ')}]\n`
const reviewed = { requiresApprovingReviews: true, requiredApprovingReviewCount: 1, isAdminEnforced: true }

async function settings() {
  const { store } = town.guardpost.means
  const [connection] = await store.connections.list()
  const all = await store.policies.list(connection?.id ?? 0)
  return all.map(({ path, value, source, origin }) => ({ path, value, source, line: origin?.line }))
}

const runs = (sha: string, name: string) =>
  town.reporting.checkRuns.filter((run) => run.headSha === sha && run.name === name)

describe('policy files', () => {
  it('are in force once they are merged on a reviewed branch, change with it, and are taken back with it', async () => {
    town.install()
    await town.settle()
    expect(await town.control(path)).toMatchObject({
      state: 'ok',
      reason: expect.stringContaining('There are no policy files'),
    })

    const first = town.reporting.commit({ 'guardpost.yml': asking('mallory') })
    await town.settle()
    expect(await town.control(path)).toMatchObject({
      state: 'alarm',
      reason: expect.stringContaining('nothing asks for a review before the branch changes'),
    })
    expect(await settings()).toEqual([])
    expect(runs(first, 'Guardpost policy files').map(({ conclusion }) => conclusion)).toEqual(['action_required'])

    town.reporting.protectBranch('main', reviewed)
    await town.settle()
    expect(await town.control(path)).toMatchObject({
      state: 'ok',
      reason: `${first.slice(0, 7)} of acme/.github-private is in force.`,
    })
    expect(await settings()).toEqual([{ path: usernames, value: ['mallory'], source: 'file', line: 2 }])
    expect(await town.control(blocked)).toMatchObject({ state: 'alarm', reason: 'Not blocked: mallory.' })
    expect(runs(first, 'Guardpost policy files').at(-1)?.conclusion).toBe('success')

    // What files set is not set elsewhere.
    await expect(town.set(usernames, ['sam'])).rejects.toThrow('guardpost.yml, line 2')

    // A faulty commit changes nothing.
    const faulty = town.reporting.commit({
      'guardpost/more.yml': `settings:\n  - policy: ${blocked}\n    value: 'Check: Block User'\n`,
    })
    await town.settle()
    expect(await town.control(path)).toMatchObject({
      state: 'invalid',
      reason: expect.stringMatching(
        /^guardpost\/more.yml:3:12: “Check: Block User” is no value .* Did you mean “Check: Block Users”\?/,
      ),
    })
    expect(await settings()).toHaveLength(1)
    const [failed] = runs(faulty, 'Guardpost policy files')
    expect(failed).toMatchObject({ conclusion: 'failure', annotations: [{ path: 'guardpost/more.yml', startLine: 3 }] })

    town.reporting.commit({ 'guardpost/more.yml': null, 'guardpost.yml': asking('mallory', 'trudy') })
    await town.settle()
    expect(await settings()).toEqual([{ path: usernames, value: ['mallory', 'trudy'], source: 'file', line: 2 }])
    expect(await town.control(blocked)).toMatchObject({ reason: 'Not blocked: mallory, trudy.' })

    // Rules that are got around stop what comes after, not what was reviewed before.
    for (const rule of town.reporting.branchProtectionRules.values()) rule.edit({ isAdminEnforced: false })
    town.reporting.commit({ 'guardpost.yml': asking() })
    await town.settle()
    expect(await town.control(path)).toMatchObject({
      state: 'alarm',
      reason: expect.stringContaining('administrators need not keep to it'),
    })
    expect(await settings()).toHaveLength(1)

    for (const rule of town.reporting.branchProtectionRules.values()) rule.edit({ isAdminEnforced: true })
    town.reporting.commit({ 'guardpost.yml': null })
    await town.settle()
    expect(await settings()).toEqual([])
    expect(await town.control(path)).toMatchObject({
      state: 'ok',
      reason: expect.stringContaining('There are no policy files'),
    })
    expect(await town.control(blocked)).toMatchObject({ state: 'ok', reason: 'Nobody is named.' })

    const { store } = town.guardpost.means
    const [connection] = await store.connections.list()
    const told = (await store.activities.list(connection?.id ?? 0)).filter(({ source }) => source === 'file')
    expect(told.map(({ summary }) => summary.replace(/[0-9a-f]{7}/, 'SHA'))).toEqual([
      'The policy files of SHA are in force: 1 settings changed',
      'The policy files of SHA are in force: 1 settings changed',
      'The policy files of SHA are in force: 1 settings changed',
    ])
  })

  it('are not followed where it is not known who gets around a ruleset, and are where GitHub tells that nobody does', async () => {
    const installation = town.install()
    town.reporting.createRuleset({ name: 'main', rules: ['pull_request'] })
    town.reporting.commit({ 'guardpost.yml': asking('mallory') })
    await town.settle()
    expect(await town.control(path)).toMatchObject({
      state: 'alarm',
      reason: expect.stringContaining(
        '(ruleset main of acme/.github-private: GitHub shows its bypass list only to those',
      ),
    })
    expect(await settings()).toEqual([])
    town.app.request({ ...town.app.permissions, administration: 'write' })
    installation.grant()
    await town.settle()
    await town.judge(path)
    expect(await town.control(path)).toMatchObject({ state: 'ok' })
    await town.set(path, 'Skip')
    await town.settle()
    expect(await settings()).toEqual([expect.objectContaining({ path, source: 'cli' })])
  })
})

describe('the repository of policy files', () => {
  const wikis = 'GitHub > Repository > Wikis > Enabled'
  const setAll = `settings:\n  - policy: ${wikis}\n    value: 'Enforce: Disabled'\n`

  it('is governed by nothing of theirs, by what is set by hand, and by theirs once it holds them no longer', async () => {
    const web = town.org.createRepository({ name: 'web' })
    town.app.request({ ...town.app.permissions, administration: 'write' })
    town.install()
    town.reporting.protectBranch('main', reviewed)
    await town.settle()
    await town.set(firstPlan.path, 'Apply')
    town.reporting.commit({ 'guardpost.yml': setAll })
    await town.settle()
    expect(web.settings.hasWiki).toBe(false)
    expect(town.reporting.settings.hasWiki).toBe(true)
    const { means } = town.guardpost
    const own = async () => {
      const { resourceId, connectionId, state } = await town.control(wikis, 'acme/.github-private')
      const resource = await means.store.resources.get(connectionId, resourceId)
      if (!resource) throw new Error('It is not recorded.')
      const [value] = await policyValues(means, resource, wikis)
      if (!value) throw new Error('There is no value.')
      return { value, state, resource, why: value.statements.map((each) => whyOf(each, value, means.clock())) }
    }
    const { value, why, resource } = await own()
    expect(value).toMatchObject({ value: 'Skip', by: null })
    expect(why).toEqual(['Policy files say nothing of the repository that they are in.'])

    const place = { connectionId: resource.connectionId, resourceId: resource.id }
    await setPolicy(means, newSetting(place, wikis, 'Check: Disabled'))
    await town.settle()
    expect(await own()).toMatchObject({ state: 'alarm', value: { value: 'Check: Disabled' } })
    expect(await exceptionsIn(means.store, { id: resource.connectionId }, means.clock())).toEqual([])
    await unsetPolicy(means, newSetting(place, wikis, ''))
    await town.set(reportingRepository.path, 'web')
    await town.settle()
    expect(town.reporting.settings.hasWiki).toBe(false)
    expect((await own()).value).toMatchObject({ value: 'Enforce: Disabled', silenced: [] })
    await town.set(`${path} > Repository`, '.github-private')
    await town.settle()
    expect(await own()).toMatchObject({ state: 'skipped', value: { value: 'Skip', by: null } })
  })
})

describe('a pull request that changes policy files', () => {
  const comments = (number: number) => town.reporting.issues.find((issue) => issue.number === number)?.comments ?? []

  it('is told in one comment and a check run what would follow, kept current; a fork is told nothing', async () => {
    town.install()
    town.reporting.protectBranch('main', reviewed)
    town.reporting.commit({ 'guardpost.yml': asking('mallory') })
    await town.settle()
    town.reporting.commit(
      { 'guardpost/a.yml': `settings:\n  - policy: ${blocked}\n    value: 'Enforce: Block Users'\n` },
      { branch: 'change' },
    )
    const pull = town.reporting.openPullRequest({ head: 'change' })
    await town.settle()
    const writes = town.sim.writes.filter(({ path }) => path.includes('/blocks/'))
    expect(writes).toEqual([])
    const [comment] = comments(pull.issue.number)
    expect(comment?.author.user.login).toBe('guardpost[bot]')
    expect(comment?.body).toContain('0 states would change, 1 change by Enforce, in 0 repositories')
    expect(comment?.body).toContain('| User mallory | not blocked | blocked | 1 | acme |')

    const moved = town.reporting.commit({ 'guardpost.yml': asking() }, { branch: 'change' })
    await town.settle()
    expect(comments(pull.issue.number)).toHaveLength(1)
    expect(comments(pull.issue.number)[0]?.body).toContain('| Alarm | OK | 1 | acme |')
    expect(runs(moved, 'Guardpost plan')).toMatchObject([{ conclusion: 'success' }])

    const faulty = town.reporting.commit({ 'guardpost.yml': 'setings: []' }, { branch: 'change' })
    await town.settle()
    expect(comments(pull.issue.number)[0]?.body).toContain('`guardpost.yml:1:1` There is no key `setings` here.')
    expect(runs(faulty, 'Guardpost plan')).toMatchObject([{ conclusion: 'failure', annotations: [{ startLine: 1 }] }])

    town.reporting.commit({ 'guardpost.yml': asking('mallory'), 'guardpost/a.yml': null }, { branch: 'change' })
    await town.settle()
    expect(comments(pull.issue.number)[0]?.body).toContain('no longer changes policy files')

    const fork = town.sim
      .createOrganization({ login: 'somebody' })
      .createRepository({ name: '.github-private', fork: true })
    fork.commit({ 'guardpost.yml': asking('mona') }, { branch: 'evil' })
    const foreign = town.reporting.openPullRequest({ head: 'evil', from: fork })
    await town.settle()
    expect(comments(foreign.issue.number)).toEqual([])
    town.reporting.commit({ 'README.md': 'x' }, { branch: 'readme' })
    const harmless = town.reporting.openPullRequest({ head: 'readme' })
    await town.settle()
    expect(comments(harmless.issue.number)).toEqual([])
  })
  it('is planned anew when what it is merged into moves on, and by “Re-run”', async () => {
    town.install()
    town.reporting.protectBranch('main', reviewed)
    town.reporting.commit({ 'guardpost.yml': asking('mallory') })
    await town.settle()
    const enforced = `settings:\n  - policy: ${blocked}\n    value: 'Enforce: Block Users'\n`
    const heads = ['one', 'two'].map((branch) => town.reporting.commit({ 'guardpost/a.yml': enforced }, { branch }))
    const pulls = ['one', 'two'].map((head) => town.reporting.openPullRequest({ head }).issue.number)
    await town.settle()
    const told = (number = 0) => comments(number)[0]?.body ?? ''
    const [older, newer] = pulls
    for (const number of pulls) expect(told(number)).toContain('1 change by Enforce')

    // The newest at once, and one after another.
    const { store } = town.guardpost.means
    const merged = town.reporting.commit({ 'guardpost.yml': asking('mallory', 'trudy') })
    await town.settle()
    expect(told(newer)).toContain('2 changes by Enforce')
    const waiting = (await store.jobs.list('queued', 100)).filter(({ kind }) => kind === 'plan')
    const isToCome = waiting.some(({ payload }) => (payload as PlanPayload).number === older)
    expect(isToCome || told(older).includes('2 changes by Enforce')).toBe(true)

    const [applied] = runs(merged, 'Guardpost policy files')
    town.reporting.rerequestCheckRun(applied?.id ?? 0)
    await town.settle()
    expect(runs(merged, 'Guardpost policy files').map(({ conclusion }) => conclusion)).toEqual(['success', 'success'])

    // What touches no policy file plans nothing.
    const asked = () => town.sim.requests.filter(({ path }) => path.endsWith('/pulls')).length
    const before = asked()
    town.reporting.commit({ 'README.md': 'x' })
    await town.settle()
    expect(asked()).toBe(before)

    // Whoever asks anew is told anew, though it is the same.
    const planned = (index: number) => runs(heads[index] ?? '', 'Guardpost plan')
    const [first] = planned(0)
    const counts = () => [planned(0).length, planned(1).length]
    const [ofOne = 0, ofTwo = 0] = counts()
    town.reporting.rerequestCheckRun(first?.id ?? 0)
    await town.settle()
    expect(planned(0).at(-1)?.output.title).toBe('0 states would change, 2 changes by Enforce, in 0 repositories')
    expect(counts()).toEqual([expect.any(Number), ofTwo])
    expect(planned(0).length).toBeGreaterThan(ofOne)
    const again = planned(0).length
    town.reporting.rerequestCheckSuite(first?.suiteId ?? 0)
    await town.settle()
    expect(planned(0).length).toBeGreaterThan(again)
  })
})
