import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { ControlState } from '../../src/model/control-state.ts'
import { live } from '../../src/model/github.ts'
import { commitStatus } from '../../src/reporters/commit-status.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

async function connect(): Promise<void> {
  const { id, nodeId, login, owner } = town.org
  const token = town.sim.createToken({ user: owner, kind: 'classic', scopes: ['repo', 'admin:org', 'admin:org_hook'] })
  const kind = 'token' as const
  const wanted = { kind, organizationId: id, organizationNodeId: nodeId, login, installationId: null }
  await town.guardpost.engine.connect(wanted, token.value)
  await town.settle()
}

/** Without what was said before the connection was read for the first time. */
const statuses = (repository = town.reporting) =>
  repository.statuses.filter(
    ({ context, description }) => context === eventHandlersPath && !description?.includes('has not been read yet'),
  )

/** Reports one control in a state made up, by way of the connection's real client. Gives what was kept of it. */
async function say(state: ControlState, reason: string, page: string | null = null) {
  const { store, clients, clock } = town.guardpost.means
  const [connection] = await store.connections.list()
  const control = await town.control()
  const github = connection && (await clients.forConnection(connection, live('a test')))
  const resource = connection && (await store.resources.get(connection.id, control.resourceId))
  if (!connection || !github || !resource) throw new Error('Nothing is connected.')
  const place = {
    owner: town.org.login,
    name: town.reporting.name,
    nodeId: town.reporting.nodeId,
    defaultBranch: 'main',
    headSha: town.reporting.branches.get('main') ?? null,
    mayTellDetails: true,
  }
  const saying = {
    connection,
    control: { ...control, state, reason },
    type: { path: eventHandlersPath, title: '', risk: '', advice: '' },
    resource,
    run: await town.run(),
    place,
    page,
  }
  const author = await clients.author(connection)
  const last = await store.reports.get(connection.id, control.id, 'commit-status')
  return commitStatus.report(github, author, saying, last, clock())
}

it('says each control on the head for a token, and moves to a new head with a push', async () => {
  await connect()
  const head = town.reporting.branches.get('main')
  expect(statuses()).toMatchObject([
    {
      sha: head,
      state: 'failure',
      description: 'Alarm: Organization webhook: missing.',
      targetUrl: expect.stringMatching(/^https:\/\/guardpost\.example\/controls\/\d+$/),
    },
  ])
  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await town.settle()
  // The first ping may or may not be here before anything is said.
  const settled = () => statuses().flatMap(({ state }) => (state === 'pending' ? [] : [state]))
  expect(settled()).toEqual(['failure', 'success'])
  const next = town.reporting.push()
  await town.settle()
  expect(statuses().at(-1)).toMatchObject({ sha: next, state: 'success', description: 'OK: Configured' })
  expect(settled()).toEqual(['failure', 'success', 'success'])
  expect(town.reporting.checkRuns).toEqual([])
})

it('writes nothing where nothing changed', async () => {
  await connect()
  const before = town.sim.writes.length
  for (let again = 0; again < 5; again++) await town.judge()
  expect(town.sim.writes).toHaveLength(before)
})

it('finds what it said when the process ended before that was noted', async () => {
  await connect()
  const { id, connectionId } = await town.control()
  await town.guardpost.means.store.reports.remove(connectionId, id, 'commit-status')
  await town.judge()
  expect(statuses()).toHaveLength(1)
  const [{ id: githubId } = { id: 0 }] = statuses()
  expect(await town.guardpost.means.store.reports.get(connectionId, id, 'commit-status')).toMatchObject({ githubId })
})

it.each([
  ['ok', 'success'],
  ['alarm', 'failure'],
  ['error', 'error'],
  ['invalid', 'error'],
  ['skipped', 'success'],
  ['tbd', 'pending'],
] as const)('says %s as %s', async (state, said) => {
  await connect()
  await say(state, 'So it is.')
  expect(statuses().at(-1)).toMatchObject({ state: said, targetUrl: null })
})

it('cuts what GitHub would refuse, between two characters', async () => {
  await connect()
  await say('ok', '𝄞'.repeat(200))
  expect(statuses().at(-1)?.description).toBe(`OK: ${'𝄞'.repeat(135)}…`)
})

it('does not take another’s status for ours', async () => {
  await connect()
  const [ours] = statuses()
  if (!ours) throw new Error('Nothing was said.')
  town.reporting.statuses.push({ ...ours, id: 1, creator: town.sim.createUser('mallory'), description: 'OK: forged' })
  await say('ok', 'forged', ours.targetUrl)
  expect(statuses().map(({ creator, description }) => [creator.login, description])).toEqual([
    ['acme-owner', 'Alarm: Organization webhook: missing.'],
    ['mallory', 'OK: forged'],
    ['acme-owner', 'OK: forged'],
  ])
})

it('tells a public repository the state alone', async () => {
  town.reporting.rename('private-no-more')
  const open = town.org.createRepository({ name: '.github', visibility: 'public' })
  await connect()
  expect(statuses(open).at(-1)).toMatchObject({ state: 'failure', description: 'Alarm' })
})

it('asks a token, not the App, for the permission', () => {
  expect(commitStatus.serves).toEqual(['token'])
  expect(town.app.permissions).not.toHaveProperty('statuses')
})
