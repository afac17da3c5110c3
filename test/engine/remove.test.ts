import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { pino } from 'pino'
import { compose } from '../../src/compose.ts'
import type { Means } from '../../src/engine/means.ts'
import { askRemoval, remove } from '../../src/engine/remove.ts'
import type { GitHub } from '../../src/model/github.ts'
import type { Removal } from '../../src/model/removal.ts'
import type { Store } from '../../src/model/store.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'
import { allRows, rowsOf } from '../support/rows.ts'
import { snapshot } from '../support/snapshot.ts'

// Two Guardposts and a whole life of an organization in each of these.
jest.setTimeout(60_000)

const canary = 'canary-of-acme'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

/** A second organization on the same Guardpost, and `acme` connected by either kind, with a webhook of ours and an issue. */
async function lived(kind: 'app' | 'token'): Promise<{ id: number; other: number }> {
  const elsewhere = town.sim.createOrganization({ login: 'elsewhere' })
  town.org.createRepository({ name: canary })
  const { id: organizationId, nodeId: organizationNodeId, login } = town.org
  if (kind === 'app') town.install()
  else {
    const token = town.sim.createToken({
      user: town.org.owner,
      kind: 'classic',
      scopes: ['repo', 'admin:org', 'admin:org_hook'],
    })
    const wanted = { kind, organizationId, organizationNodeId, login, installationId: null }
    await town.guardpost.engine.connect(wanted, token.value)
  }
  town.sim.install(town.app, elsewhere)
  await town.settle()
  elsewhere.createRepository({ name: 'theirs' })
  await town.set(`${eventHandlersPath} > Source`, 'Organization webhook')
  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await town.settle()
  const all = await town.guardpost.means.store.connections.list()
  const idOf = (name: string) => all.find((each) => each.login === name)?.id ?? 0
  expect(town.org.hooks).toHaveLength(1)
  return { id: idOf('acme'), other: idOf('elsewhere') }
}

/** Works on the database of a Guardpost that is stopped, so that nothing is done but what the test does. */
async function alone<T>(work: (means: Means) => Promise<T>): Promise<T> {
  await town.stop()
  const guardpost = await compose(town.config, pino({ level: 'silent' }))
  try {
    return await work(guardpost.means)
  } finally {
    await guardpost.close()
    await town.start()
  }
}

class Cut extends Error {}

/** The same means, whose process “dies” right after so many effects on GitHub or the database. */
function cutAfter(means: Means, effects: number): Means {
  let left = effects
  const cut = <T>(done: T): T => {
    if (--left < 0) throw new Cut('cut')
    return done
  }
  const counted = (github: GitHub): GitHub => ({
    ...github,
    write: async (route, parameters) => cut(await github.write(route, parameters)),
  })
  const store: Store = {
    ...means.store,
    transaction: async (work) => cut(await means.store.transaction(work)),
    redoable: async (work) => cut(await means.store.redoable(work)),
    connections: {
      ...means.store.connections,
      dropToken: async (id) => cut(await means.store.connections.dropToken(id)),
    },
  }
  const clients = {
    ...means.clients,
    forConnection: async (...asked: Parameters<typeof means.clients.forConnection>) => {
      const github = await means.clients.forConnection(...asked)
      return github && counted(github)
    },
  }
  return { ...means, store, clients }
}

const asked = { askedBy: 'a test', forget: false }

async function cutAgainAndAgain(means: Means, id: number): Promise<{ cuts: number; removal: Removal | null }> {
  await askRemoval(means, id, asked)
  for (let cuts = 0; ; cuts++)
    try {
      await remove(cutAfter(means, cuts), id)
      return { cuts, removal: await means.store.connections.removal(id) }
    } catch (error) {
      if (!(error instanceof Cut)) throw error
    }
}

describe.each(['app', 'token'] as const)('a removal of an organization connected by %s', (kind) => {
  it('that is cut after every effect and repeated ends as one that is not, and touches nobody else', async () => {
    const { id, other } = await lived(kind)
    const { cuts, removal } = await alone(async (means) => {
      const before = rowsOf(await allRows(town.config.databaseFile), other)
      const some = ['resources', 'versions', 'controls', 'runs', 'activities', 'deliveries', 'events', 'jobs']
      expect(Object.keys(before)).toEqual(expect.arrayContaining(some))
      const end = await cutAgainAndAgain(means, id)
      const rows = await allRows(town.config.databaseFile)
      expect(rowsOf(rows, id)).toEqual({})
      expect(rowsOf(rows, other)).toEqual(before)
      const { connections, ...rest } = rows
      expect(connections?.find((row) => row.id === id)).toMatchObject({ status: 'removed', token: null })
      expect(JSON.stringify(rest)).not.toContain(canary)
      return end
    })
    expect(cuts).toBeGreaterThan(3)
    expect(removal).toMatchObject({ step: null, failure: null })
    expect(snapshot(town.org)).toMatchObject({ hooks: [] })
    expect(snapshot(town.org).repositories.flatMap(({ openIssues, heldUpBy }) => [...openIssues, ...heldUpBy])).toEqual(
      [],
    )
  })

  it('stays, whatever comes late', async () => {
    const { id } = await lived(kind)
    const hook = town.org.hooks[0]
    await askRemoval(town.guardpost.means, id, asked)
    await town.settle()
    town.org.createRepository({ name: 'late' })
    await town.settle()
    await town.stop()
    await town.start()
    await town.settle()
    const rows = await allRows(town.config.databaseFile)
    expect(rowsOf(rows, id)).toEqual({})
    expect(JSON.stringify({ ...rows, connections: [] })).not.toContain('"acme/late"')
    expect(hook && town.sim.deliveriesOf(hook).at(-1)).toMatchObject({ event: 'meta' })
  })
})

describe('what GitHub refuses', () => {
  it('stands still with the remedy, and goes on only when told to forget, telling what stays', async () => {
    const { id } = await lived('token')
    const { store } = town.guardpost.means
    const [url] = town.org.hooks.map(({ config }) => config.url)
    town.sim.revokeToken({ value: (await store.connections.token(id)) ?? '' })
    await askRemoval(town.guardpost.means, id, asked)
    await town.settle()
    expect(await store.connections.removal(id)).toMatchObject({
      step: 'webhooks',
      failure: { reason: expect.stringContaining('does not accept the token of acme'), retryAt: null },
    })
    expect(await store.records.counts(id)).toMatchObject({ resources: 12 })

    await askRemoval(town.guardpost.means, id, { ...asked, forget: true })
    await town.settle()
    const page = `${town.sim.htmlUrl}/organizations/acme/settings/hooks`
    expect(await store.connections.removal(id)).toMatchObject({
      step: null,
      failure: null,
      remains: [
        { who: 'an owner of acme', action: `Delete the webhook ${url}.`, url: page },
        { who: 'the owner of the token', action: 'Delete the token, if it is of no other use.' },
      ],
    })
    expect(await store.connections.token(id)).toBeNull()
  })
})
