import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

const checks = (repository = town.reporting) => repository.checkRuns.filter(({ name }) => name === eventHandlersPath)

it('shows each control of the organization on the head, and moves to a new head with a push', async () => {
  town.install()
  await town.settle()
  const head = town.reporting.branches.get('main')
  expect(checks()).toMatchObject([{ headSha: head, status: 'completed', conclusion: 'success' }])
  const next = town.reporting.push()
  await town.settle()
  expect(checks()).toMatchObject([{ headSha: head }, { headSha: next, conclusion: 'success' }])
})

it('judges again when a person asks for it on the check run', async () => {
  town.install()
  await town.settle()
  const [check] = checks()
  const written = () => town.sim.writes.filter(({ path }) => path.endsWith(`/check-runs/${check?.id}`)).length
  const before = written()
  town.reporting.rerequestCheckRun(check?.id ?? 0)
  await town.settle()
  expect((await town.run()).cause).toBe('check_run.rerequested')
  // GitHub shows the run as queued until it is written again.
  expect(written()).toBe(before + 1)
  town.reporting.rerequestCheckSuite(check?.suiteId ?? 0)
  await town.settle()
  expect(written()).toBe(before + 2)
  expect(checks()).toHaveLength(1)
})

it.each([
  ['Enforce: Disabled', 'success'],
  ['Skip', 'skipped'],
] as const)('under the policy %s concludes %s', async (value, conclusion) => {
  town.install()
  await town.settle()
  await town.set(eventHandlersPath, value)
  await town.settle()
  expect(checks().at(-1)).toMatchObject({ conclusion })
})

it('concludes failure for an Alarm', async () => {
  town.install()
  await town.settle()
  await town.set(`${eventHandlersPath} > Source`, 'Organization webhook')
  await town.settle()
  expect(await town.control()).toMatchObject({ state: 'alarm', reason: 'Organization webhook: missing.' })
  expect(checks()).toMatchObject([{ conclusion: 'failure' }])
  expect(town.reporting.issues).toEqual([])
})

it('tells a public repository a state and a link only, unless a policy allows more', async () => {
  town.reporting.rename('private-no-more')
  const open = town.org.createRepository({ name: '.github', visibility: 'public' })
  const installation = town.install()
  await town.settle()
  installation.revoke('organization_hooks')
  await town.judge()
  const [issue] = open.issues
  expect(issue?.title).toBe('GitHub > Organization > Event Handlers: Error')
  expect(issue?.body).not.toMatch(/organization_hooks|permission/)
  expect(issue?.body).toContain('https://guardpost.example/controls/')
  for (const { output } of open.checkRuns) expect(JSON.stringify(output)).not.toMatch(/organization_hooks|permission/)

  await town.set('GitHub > Organization > Reporting > Detail in Public', 'Everything')
  await town.settle()
  expect(open.issues[0]?.body).toContain('`organization_hooks: write`')
})

it('goes to the repository that the policy names', async () => {
  const named = town.org.createRepository({ name: 'operations', visibility: 'private' })
  town.install()
  await town.settle()
  await town.set('GitHub > Organization > Reporting > Repository', 'operations')
  await town.settle()
  expect(checks(named)).toHaveLength(1)
})

it('fails nothing where there is no repository to report to', async () => {
  town.reporting.delete()
  town.install()
  await town.settle()
  expect(await town.control()).toMatchObject({ state: 'ok' })
  expect(town.sim.writes).toEqual([])
})

it('never takes a stranger’s issue for ours, whatever mark it bears', async () => {
  const installation = town.install()
  await town.settle()
  const { id, connectionId } = await town.control()
  const body = `<!-- guardpost:control:${connectionId}:${id} -->`
  const forged = town.reporting.createIssue({ title: 'mine', body, author: 'mallory' })
  installation.revoke('members')
  await town.judge()
  expect(town.reporting.issues).toHaveLength(2)
  expect(town.reporting.issues.find(({ number }) => number === forged.number)).toMatchObject({
    title: 'mine',
    body,
    state: 'open',
  })
})
