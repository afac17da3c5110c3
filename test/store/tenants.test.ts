import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import type { Judgement } from '../../src/model/control.ts'
import type { Store } from '../../src/model/store.ts'
import { alarm } from '../../src/model/verdict.ts'
import { connect } from '../../src/store/sqlite.ts'
import { newSetting } from '../support/setting.ts'
import { layingDatabases } from './lay-database.ts'
import {
  newConnection,
  newDelivery,
  newRun,
  openTestStore,
  resourceWrite,
  secretKey,
  testFolders,
} from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

const path = 'GitHub > Repository > CMDB'
/** The one whose rows are there (all of them with id 1), and the one who asks. */
const [theirs, ours] = [1, 2]
const activity = {
  resourceId: 1,
  kind: 'policy',
  actor: 'mona',
  summary: 'x',
  changes: [],
  source: 'cli',
  deliveryId: null,
  at: 1,
} as const
const settingOf = (connectionId: number) => newSetting({ connectionId, resourceId: 1 }, path, 'Skip')
const packOf = (connectionId: number) => {
  const { source, origin, setBy } = settingOf(connectionId)
  return { name: 'p', title: '', description: '', settings: [], connectionId, source, origin, setBy }
}
const attachmentOf = (connectionId: number, packId: number) => ({
  ...settingOf(connectionId),
  ...{ packId, shippedPack: null, position: null },
})
const authorship = { type: 'GitHub > Repository', nodeId: 'R_1', actor: 'mona', since: 0 } as const
const mute = { controlId: 1, until: 'forever', date: null, note: null, by: 'mona', at: 1 } as const
const intention = { controlId: 1, change: `${path}@1`, changes: [] } as const
const hold = { ...intention, kind: 'window', reason: 'x', until: null, since: 1 } as const
const release = { kind: 'first-plan', change: '', by: 'mona', at: 1 } as const
const flip = { to: 'stopped', by: 'mona', why: null, at: 1 } as const
const report = {
  controlId: 1,
  kind: 'issue',
  repositoryNodeId: 'R_1',
  githubId: 3,
  headSha: null,
  contentHash: 'a',
  open: true,
  updatedAt: 1,
} as const

const layDatabase = layingDatabases(secretKey, [])
let file: string
let store: Store
beforeEach(async () => {
  file = join(folders.make(), 'g.db')
  await layDatabase(file)
  store = await openTestStore(file)
  for (const organization of [theirs, ours]) await store.connections.save(newConnection(organization), 10)
  await store.connections.setToken(theirs, 'ghp_theirs')
  await store.hooks.make({ id: 'h1', connectionId: theirs, secret: 's', createdAt: 1 })
  await store.resources.write(theirs, resourceWrite(theirs, 'R_1', { data: { databaseId: 7 } }), 1)
  await store.activities.add({ ...activity, connectionId: theirs })
  await store.policies.set(settingOf(theirs), 1)
  await store.packs.save(packOf(theirs), 1)
  await store.attachments.add(attachmentOf(theirs, 1), 1)
  await store.controls.ensure(theirs, 1, path, 1)
  await store.controls.record(newRun(theirs, 1))
  await store.controls.setMute({ ...mute, connectionId: theirs })
  await store.reports.save({ ...report, connectionId: theirs })
  await store.enforcements.begin({ ...intention, connectionId: theirs, at: 1 })
  await store.enforcements.hold({ ...hold, connectionId: theirs })
  await store.enforcements.release({ ...release, connectionId: theirs })
  await store.enforcements.flip({ ...flip, connectionId: theirs })
  await store.deliveries.accept(newDelivery('g1'))
  await store.deliveries.enter()
  await store.deliveries.claimEvent(1, theirs)
  await store.discoveries.save({
    connectionId: theirs,
    type: 'GitHub > Repository',
    why: 'a test',
    startedAt: 1,
    endedAt: null,
    completedAt: null,
    count: 0,
    total: null,
    next: null,
    requests: 0,
    refusal: null,
  })
})
afterEach(() => store.close())

const tables = [
  'discoveries',
  'audit_log_readings',
  'hooks',
  'deliveries',
  'events',
  'resources',
  'versions',
  'activities',
  'policy_settings',
  'policy_packs',
  'policy_attachments',
  'controls',
  'mutes',
  'runs',
  'reports',
  'report_places',
  'enforcements',
  'held_enforcements',
  'enforcement_releases',
  'enforcement_switches',
]

/** Every row of theirs, as it stands. */
async function everythingOfTheirs(): Promise<unknown> {
  const db = connect(file)
  const rows: Record<string, unknown> = {}
  for (const table of tables)
    rows[table] = (await sql`select * from ${sql.table(table)} where connection_id = ${theirs}`.execute(db)).rows
  await db.destroy()
  return rows
}

const judgement = (id: number | null): Judgement => ({
  ...{ resource: { id: 1, title: 'acme/R_1' }, path, value: 'Skip', verdict: alarm('No.') },
  before: id === null ? null : { id, resourceId: 1, path, state: 'ok', reason: '', since: 1, value: null },
})

const refused = 'FOREIGN KEY constraint failed'
type Attempt = (store: Store) => Promise<unknown>
const empty = { resources: 0, controls: 0, settings: 0, activities: 0, deliveries: 0 }
const nothing: [string, Attempt, unknown][] = [
  ['connections.token', (s) => s.connections.token(ours), null],
  ['hooks.list', (s) => s.hooks.list(ours), []],
  ['hooks.secret', (s) => s.hooks.secret(ours, 'h1'), null],
  ['hooks.setGitHubId', (s) => s.hooks.setGitHubId(ours, 'h1', 5), undefined],
  ['hooks.setPing', (s) => s.hooks.setPing(ours, 'h1', { askedAt: 5 }), undefined],
  ['hooks.remove', (s) => s.hooks.remove(ours, 'h1'), undefined],
  ['resources.get', (s) => s.resources.get(ours, 1), null],
  ['resources.byNodeId', (s) => s.resources.byNodeId(ours, 'GitHub > Repository', 'R_1'), null],
  ['resources.byNodeIds', (s) => s.resources.byNodeIds(ours, 'GitHub > Repository', ['R_1']), []],
  ['resources.inOrder', (s) => s.resources.inOrder(ours, 'GitHub > Repository', { afterId: 0, limit: 9 }), []],
  ['resources.byDatabaseId', (s) => s.resources.byDatabaseId(ours, 'GitHub > Repository', 7), null],
  ['resources.byTitle', (s) => s.resources.byTitle(ours, 'GitHub > Repository', 'acme/R_1'), null],
  ['resources.list', (s) => s.resources.list(ours), []],
  ['resources.notSeenSince', (s) => s.resources.notSeenSince(ours, 'GitHub > Repository', 9_999), []],
  ['resources.ancestry', (s) => s.resources.ancestry(ours, 1), []],
  ['resources.changedAt', (s) => s.resources.changedAt(ours, [1]), null],
  ['resources.versions', (s) => s.resources.versions(ours, 1), []],
  ['discoveries.list', (s) => s.discoveries.list(ours), []],
  ['auditLog.reading', (s) => s.auditLog.reading(ours), null],
  ['activities.attribute', (s) => s.activities.attribute(ours, { ...authorship, actor: 'nobody' }), undefined],
  ['resources.asOf', (s) => s.resources.asOf(ours, 9_999, { ids: [1] }), []],
  ['activities.list', (s) => s.activities.list(ours, { resourceId: 1 }), []],
  ['policies.list', (s) => s.policies.list(ours, path), []],
  ['policies.unset', (s) => s.policies.unset(settingOf(ours)), false],
  ['policies.governing', async (s) => (await s.policies.governing(ours)).settings, []],
  ['packs.list', (s) => s.packs.list(ours), []],
  ['packs.get', (s) => s.packs.get(ours, 1), null],
  ['packs.save', async (s) => (await s.packs.save(packOf(ours), 1)).id, 2],
  ['packs.remove', (s) => s.packs.remove(ours, 1), false],
  ['attachments.list', (s) => s.attachments.list(ours), []],
  ['attachments.order', (s) => s.attachments.order(settingOf(ours), [1]), undefined],
  ['attachments.remove', (s) => s.attachments.remove(settingOf(ours), 1), false],
  ['controls.get', (s) => s.controls.get(ours, 1), null],
  ['controls.byResource', (s) => s.controls.byResource(ours, 1, path), null],
  ['controls.list', (s) => s.controls.list(ours, { resourceId: 1 }), []],
  ['controls.lastRun', (s) => s.controls.lastRun(ours, 1), null],
  ['controls.runs', (s) => s.controls.runs(ours, 1, 9), []],
  ['controls.mute', (s) => s.controls.mute(ours, 1), null],
  ['controls.mutesOf', (s) => s.controls.mutesOf(ours, [1]), []],
  ['controls.standing', (s) => s.controls.standing(ours, [1], [path]), []],
  ['controls.liftMute', (s) => s.controls.liftMute(ours, 1), false],
  ['controls.removeOf', (s) => s.controls.removeOf(ours, 1), undefined],
  ['enforcements.end', (s) => s.enforcements.end(ours, 1, 'kept'), undefined],
  ['enforcements.drop', (s) => s.enforcements.drop(ours, 1), undefined],
  ['enforcements.ofControl', (s) => s.enforcements.ofControl(ours, 1, 0), []],
  ['enforcements.countSince', (s) => s.enforcements.countSince(ours, 0), 0],
  ['enforcements.nthSince', (s) => s.enforcements.nthSince(ours, 0, 1), null],
  ['enforcements.countBy', (s) => s.enforcements.countBy(ours, intention.change, 9), 0],
  ['enforcements.census', (s) => s.enforcements.census(ours, 0), []],
  ['enforcements.letGo', (s) => s.enforcements.letGo(ours, [1]), undefined],
  ['enforcements.held', (s) => s.enforcements.held(ours, { limit: 9 }), []],
  ['enforcements.heldOf', (s) => s.enforcements.heldOf(ours, 1), null],
  ['enforcements.heldCensus', (s) => s.enforcements.heldCensus(ours), []],
  ['enforcements.releases', (s) => s.enforcements.releases(ours), []],
  ['enforcements.release', (s) => s.enforcements.release({ ...release, connectionId: ours }), undefined],
  ['enforcements.lastSwitch', (s) => s.enforcements.lastSwitch(ours), null],
  ['enforcements.switches', (s) => s.enforcements.switches(ours, 9), []],
  ['enforcements.flip', (s) => s.enforcements.flip({ ...flip, connectionId: ours }), undefined],
  ['reports.get', (s) => s.reports.get(ours, 1, 'issue'), null],
  ['reports.byGitHubId', (s) => s.reports.byGitHubId(ours, 'issue', 3), null],
  ['reports.list', (s) => s.reports.list(ours, 1), []],
  ['reports.open', (s) => s.reports.open(ours), []],
  ['reports.places', (s) => s.reports.places(ours), []],
  ['records.counts', (s) => s.records.counts(ours), empty],
  ['records.deleteSome', (s) => s.records.deleteSome({ id: ours, installationId: 70_002 }, 100), 0],
  ['records.deleteUnclaimed', (s) => s.records.deleteUnclaimed(70_002, 0), null],
  ['jobs.clear', (s) => s.jobs.clear(ours), 0],
  ['jobs.drop', (s) => s.jobs.drop(ours), undefined],
  ['reports.remove', (s) => s.reports.remove(ours, 1, 'issue'), undefined],
]
const forbidden: [string, Attempt, string][] = [
  ['deliveries.claimEvent', (s) => s.deliveries.claimEvent(1, ours), 'may claim'],
  ['hooks.make', (s) => s.hooks.make({ id: 'h1', connectionId: ours, secret: 'x', createdAt: 1 }), 'UNIQUE'],
  ['resources.write below', (s) => s.resources.write(ours, resourceWrite(ours, 'R_9', { parentId: 1 }), 1), refused],
  ['activities.add', (s) => s.activities.add({ ...activity, connectionId: ours }), refused],
  ['policies.set', (s) => s.policies.set(settingOf(ours), 1), refused],
  ['attachments.add to what is another’s', (s) => s.attachments.add(attachmentOf(ours, 1), 1), 'no policy pack 1'],
  ['controls.ensure', (s) => s.controls.ensure(ours, 1, path, 1), refused],
  ['controls.record', (s) => s.controls.record(newRun(ours, 1)), 'Connection 2 has no control 1.'],
  ['controls.recordAll new', (s) => s.controls.recordAll(ours, [judgement(null)], 'test', 5), refused],
  ['controls.recordAll', (s) => s.controls.recordAll(ours, [judgement(1)], 'test', 5), refused],
  ['controls.setMute', (s) => s.controls.setMute({ ...mute, connectionId: ours }), refused],
  ['enforcements.begin', (s) => s.enforcements.begin({ ...intention, connectionId: ours, at: 1 }), refused],
  ['enforcements.hold', (s) => s.enforcements.hold({ ...hold, connectionId: ours }), refused],
  ['reports.save', (s) => s.reports.save({ ...report, connectionId: ours }), refused],
]

describe('a connection', () => {
  it.each(nothing)('sees and changes nothing of another: %s', async (_, attempt, expected) => {
    const before = await everythingOfTheirs()
    expect(await attempt(store)).toEqual(expected)
    expect(await everythingOfTheirs()).toEqual(before)
  })

  it.each(forbidden)('cannot refer to what is another’s: %s', async (_, attempt, message) => {
    const before = await everythingOfTheirs()
    await expect(attempt(store)).rejects.toThrow(message)
    expect(await everythingOfTheirs()).toEqual(before)
  })

  it('keeps its own resource of the same node id, whatever the resource says of itself', async () => {
    const before = await everythingOfTheirs()
    const written = await store.resources.write(ours, resourceWrite(theirs, 'R_1', { title: 'ours' }), 1)
    expect(written).toMatchObject({ id: 2, connectionId: ours })
    expect(await everythingOfTheirs()).toEqual(before)
  })

  it('is asked for in every method of the organization’s rows', () => {
    const tried = new Set([...nothing, ...forbidden].map(([name]) => name.split(' ')[0]))
    const parts = [
      'hooks',
      'resources',
      'activities',
      'policies',
      'packs',
      'attachments',
      'controls',
      'reports',
      'records',
      'enforcements',
    ] as const
    const methods = parts.flatMap((part) => Object.keys(store[part]).map((name) => `${part}.${name}`))
    // `hooks.find`: by our own id alone, as a request names it before anybody knows whose it is.
    // `controls.census`: counts of all connections, for whoever runs the server.
    // Of folders, which belong to no connection, and of a pack of the operator’s, wherever it is attached.
    const ofOperator = ['policies.ofFolder', 'policies.governingFolder', 'attachments.ofFolder', 'attachments.ofPack']
    const ofAll = ['hooks.find', 'controls.census', ...ofOperator]
    expect(methods.filter((name) => !ofAll.includes(name) && !tried.has(name))).toEqual([])
  })
})
