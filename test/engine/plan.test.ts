import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { planOf } from '../../src/engine/plan/plan.ts'
import { knownToFiles } from '../../src/engine/policy-files/known.ts'
import { proposed } from '../../src/engine/policy-files/proposed.ts'
import { wantedOf } from '../../src/engine/policy-files/wanted.ts'
import type { Plan } from '../../src/model/plan.ts'
import { type FaultyFiles, parsePolicyFiles } from '../../src/policies/files/parse.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
  town.install()
  await town.settle()
})
afterEach(() => town.close())

async function first() {
  const { store } = town.guardpost.means
  const [connection] = await store.connections.list()
  const root = connection && (await store.resources.byTitle(connection.id, 'GitHub > Organization', 'acme'))
  const like =
    connection && (await store.resources.byTitle(connection.id, 'GitHub > Repository', 'acme/.github-private'))
  if (!connection || !root || !like) throw new Error('Nothing is connected.')
  return { store, connection, root, like }
}

async function plan(text: string): Promise<Plan> {
  const { store, connection, root } = await first()
  const files = parsePolicyFiles([{ path: 'guardpost.yml', text }], knownToFiles('.github-private'))
  const wanted = await wantedOf(store, connection, root, files, { from: 'a test', mayTellDetails: true })
  const before = await store.policies.governing(connection.id)
  return planOf(
    town.guardpost.means,
    connection,
    { before, after: proposed(before, wanted, connection.id) },
    Date.now(),
  )
}

/** Repositories that are recorded and were never on GitHub. */
async function record(count: number): Promise<void> {
  const { store, connection, like } = await first()
  for (let from = 0; from < count; from += 1_000)
    await store.transaction(async (tx) => {
      for (let n = from; n < Math.min(from + 1_000, count); n++) {
        const name = `r${String(n).padStart(6, '0')}`
        const data = { ...like.data, name, nameWithOwner: `acme/${name}`, databaseId: 1_000_000 + n, isArchived: false }
        const resource = {
          ...like,
          nodeId: `R_${n}`,
          title: `acme/${name}`,
          data: { ...data, visibility: n % 10 === 0 ? 'public' : 'private' },
        }
        await tx.resources.write(connection.id, { resource, activity: null }, Date.now())
      }
    })
}

const cmdb = 'GitHub > Repository > CMDB'
const wikis = 'GitHub > Repository > Wikis > Enabled'
const skip = (on = '') => `settings: [{ policy: ${cmdb}, value: Skip${on} }]`

describe('a plan', () => {
  it('over 10,000 affected repositories is right by count, small, and asks and changes nothing on GitHub', async () => {
    await record(10_000)
    const asked = town.sim.requests.length
    const before = process.memoryUsage().rss
    const whole = await plan(`settings: [{ policy: ${wikis}, value: 'Enforce: Disabled' }]`)
    const all = { path: wikis, count: 10_000, examples: expect.anything() }
    expect(whole).toMatchObject({ repositories: 10_000, judged: 10_001, otherChanges: 0 })
    // What files say of all does not reach the repository that they are in.
    expect(whole.spared).toBe('acme/.github-private')
    expect(whole.states).toEqual([{ ...all, from: 'skipped', to: 'alarm' }])
    expect(whole.changes).toEqual([{ ...all, field: 'hasWikiEnabled', before: 'true', after: 'false' }])
    expect(whole.changes[0]?.examples).toHaveLength(100)
    expect(JSON.stringify(whole).length).toBeLessThan(40_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)

    const selected = await plan(skip(", on: { selector: { name: 'r00*', visibility: [public] } }"))
    expect(selected).toMatchObject({ repositories: 1_000, spared: null })
    const one = await plan(skip(', on: { repository: r000007 }'))
    expect(one.states).toMatchObject([{ count: 1, examples: [{ title: 'acme/r000007', isPublic: false }] }])
    expect(town.sim.requests.length).toBe(asked)
  })

  it('is of what is different only: the same again, or what something else decides, is nothing', async () => {
    await record(1)
    expect(await plan('{}')).toMatchObject({ states: [], changes: [], spared: null, judged: 0 })
    expect(await plan(`settings: [{ policy: ${cmdb}, value: 'Enforce: Enabled' }]`)).toMatchObject({
      states: [],
      repositories: 0,
    })
    await town.set(cmdb, 'Enforce: Enabled')
    expect(await plan(skip(', precedence: recommended, on: { selector: { fork: false } }'))).toMatchObject({
      states: [],
    })
    expect(await plan(skip())).toMatchObject({ repositories: 1 })
  })

  it('tells what Enforce would change, before and after', async () => {
    const text = `
      settings:
        - policy: GitHub > Organization > Blocked Users > Usernames
          value: [mallory, trudy]
        - policy: GitHub > Organization > Blocked Users
          value: 'Enforce: Block Users'`
    const { states, changes, repositories } = await plan(text)
    expect(states).toMatchObject([{ from: 'ok', to: 'alarm', count: 1, examples: [{ title: 'acme', isPublic: true }] }])
    expect(changes.map(({ field, before, after, count }) => [field, before, after, count])).toEqual([
      ['User mallory', 'not blocked', 'blocked', 1],
      ['User trudy', 'not blocked', 'blocked', 1],
    ])
    expect(repositories).toBe(0)
    expect(town.org.blockedUsers.size).toBe(0)
  })

  it('knows packs, their order, and expressions', async () => {
    await record(2)
    const text = `
      packs:
        quiet: { settings: [{ policy: ${cmdb}, expression: "resource.visibility == 'private' ? 'Skip' : 'Enforce: Enabled'" }] }
        loud: { settings: [{ policy: ${cmdb}, value: 'Enforce: Enabled' }] }
      attach:`
    expect(await plan(`${text} [{ pack: quiet }, { pack: loud }]`)).toMatchObject({ repositories: 1 })
    expect(await plan(`${text} [{ pack: loud }, { pack: quiet }]`)).toMatchObject({ repositories: 0 })
  })

  it('refuses a repository that there is not, with the nearest, and a pack of a name that is taken', async () => {
    const faults = await plan(skip(', on: { repository: .github-privat }')).catch((error: unknown) => error)
    expect((faults as FaultyFiles).faults).toEqual([
      {
        file: 'guardpost.yml',
        line: 1,
        column: expect.any(Number),
        message: 'There is no repository `.github-privat` in acme. Did you mean `.github-private`?',
      },
    ])
  })
})
