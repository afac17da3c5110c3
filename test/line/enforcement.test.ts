import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { confirmPlan, planOf } from '../../src/engine/enforcement/plan.ts'
import { flipSwitch } from '../../src/engine/enforcement/switch.ts'
import { changeWindows, firstPlan } from '../../src/policies/enforcement.ts'
import type { Installation } from '../../src/simulator/installation.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

const path = 'GitHub > Organization > Blocked Users'

/** One organization that blocks those who are named, as far as it is let. */
let town: Guarded
let installation: Installation
beforeAll(async () => {
  town = await guarded({ flavour: 'ghes' })
  installation = town.install()
  await town.settle()
  await town.set(firstPlan.path, 'Confirm')
  await town.set(path, 'Enforce: Block Users')
  await town.settle()
})
afterAll(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

const store = () => town.guardpost.means.store
const ids = async () => {
  const { id, connectionId } = await town.control(path)
  return [connectionId, id] as const
}
const held = async () => store().enforcements.heldOf(...(await ids()))
const blocked = () => [...town.org.blockedUsers].map(({ login }) => login).toSorted()
const writes = () => town.sim.writes.filter(({ path }) => path.includes('/blocks/')).length
const name = async (...usernames: string[]) => {
  await town.set(`${path} > Usernames`, usernames)
  await town.settle()
}
const flip = async (to: 'stopped' | 'going', connectionId: number | null = null) => {
  await flipSwitch(town.guardpost.means, { connectionId, to, by: 'mona', why: 'an audit' }, 'cli')
  await town.settle()
}
const enforced = async () =>
  (await store().activities.list((await ids())[0], { limit: 200 })).filter(({ kind }) => kind === 'enforced')

describe('an Enforce', () => {
  it('without the permission to write names it, with who grants it where, before any call', async () => {
    await name('mallory')
    expect(await town.control(path)).toMatchObject({
      state: 'alarm',
      reason:
        'Not blocked: mallory. Enforcement waits: The permission `organization_user_blocking: write` is not requested by the App.',
    })
    const { verdict, calls } = await town.run(path)
    expect(verdict.diagnoses).toMatchObject([
      {
        missing: { key: 'organization_user_blocking', needed: 'write', granted: 'read', requested: 'read' },
        remedy: { url: expect.stringContaining('/permissions') },
      },
    ])
    expect(calls.filter(({ method }) => method !== 'GET' && method !== 'POST')).toEqual([])
    expect(writes()).toBe(0)
    expect(await held()).toMatchObject({ kind: 'permission' })
  })

  it('goes on by itself once it is granted, up to the plan that a person confirms first', async () => {
    town.app.request({ ...town.app.permissions, organization_user_blocking: 'write' })
    installation.grant()
    await town.settle()
    expect(await town.control(path)).toMatchObject({
      state: 'alarm',
      reason: expect.stringContaining('Enforcement waits: Nothing was enforced on acme before'),
    })
    expect(writes()).toBe(0)
    const [connectionId] = await ids()
    const { means } = town.guardpost
    const plan = await planOf(store(), connectionId, means.clock())
    expect(plan).toMatchObject({
      items: [{ changes: [{ field: 'User mallory', before: 'not blocked', after: 'blocked' }] }],
      toCome: 0,
    })
    await name('mallory', 'eve')
    const stale = confirmPlan(means, connectionId, { digest: plan.digest, by: 'mona' })
    await expect(stale).rejects.toThrow('The plan has changed since')
    expect(writes()).toBe(0)

    const { digest } = await planOf(store(), connectionId, means.clock())
    expect(await confirmPlan(means, connectionId, { digest, by: 'mona' })).toBe(1)
    await town.settle()
    expect(blocked()).toEqual(['eve', 'mallory'])
    expect(await town.control(path)).toMatchObject({ state: 'ok' })
    expect(await held()).toBeNull()
  })

  it('is an activity of ours with before and after', async () => {
    expect(await enforced()).toMatchObject([
      {
        actor: 'guardpost',
        source: 'enforcement',
        summary: `${path}: PUT /orgs/acme/blocks/mallory, PUT /orgs/acme/blocks/eve`,
        changes: [
          { field: 'User mallory', before: 'not blocked', after: 'blocked' },
          { field: 'User eve', before: 'not blocked', after: 'blocked' },
        ],
      },
    ])
  })

  it('writes nothing while all of it is stopped, or that of its organization, and then goes on', async () => {
    const before = writes()
    const [connectionId] = await ids()
    for (const place of [null, connectionId]) {
      await flip('stopped', place)
      await name('mallory', 'eve', `sybil-${place}`)
      await town.judge(path)
      expect(writes()).toBe(before + (place === null ? 0 : 1))
      expect(await town.control(path)).toMatchObject({
        state: 'alarm',
        reason: expect.stringMatching(/waits: All enforcement .*was stopped by mona at \S+ \(an audit\)\./),
      })
      await flip('going', place)
      expect(blocked()).toContain(`sybil-${place}`)
    }
    expect(await town.control(path)).toMatchObject({ state: 'ok' })
    const told = (await store().activities.list(connectionId, { limit: 200 })).map(({ summary }) => summary)
    expect(told).toEqual(
      expect.arrayContaining(['All enforcement is stopped: an audit', 'Enforcement goes on: an audit']),
    )
  })

  it('that is stopped amid its calls sends no further one, and tells of those it made', async () => {
    const many = ['one', 'two', 'three', 'four']
    const before = writes()
    // GitHub is slow to answer the second one: meanwhile somebody stops it all.
    let seen = 0
    town.sim.faults.api({
      fault: { kind: 'slow', ms: 300, effect: 'after' },
      when: ({ method }) => method === 'PUT' && ++seen === 2,
      times: 1,
    })
    await town.set(`${path} > Usernames`, ['mallory', 'eve', ...many])
    while (seen < 2) await setImmediate()
    await flip('stopped')
    expect(writes()).toBe(before + 2)
    expect(await town.control(path)).toMatchObject({
      state: 'alarm',
      reason: expect.stringMatching(
        /^Not blocked: three, four\. Enforcement waits: All enforcement was stopped by mona/,
      ),
    })
    expect((await enforced())[0]).toMatchObject({
      summary: `${path}: PUT /orgs/acme/blocks/one, PUT /orgs/acme/blocks/two`,
    })
    await flip('going')
    expect(blocked()).toEqual(expect.arrayContaining(many))
  })

  it('waits for a change window, and says until when', async () => {
    const day = new Date(Date.now() + 3 * 86_400_000).toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' })
    const before = writes()
    await town.set(changeWindows.path, [`${day} 09:00-10:00 UTC`])
    await name('mallory', 'eve', 'trudy')
    expect(await town.control(path)).toMatchObject({
      state: 'alarm',
      reason: expect.stringMatching(/waits: It is no time for changes: .* It goes on at \S+T09:00:00.000Z\./),
    })
    expect(writes()).toBe(before)
    await town.set(changeWindows.path, [])
    await town.settle()
    expect(blocked()).toContain('trudy')
  })

  it('backs off from whoever changes it back, and says who', async () => {
    for (let round = 0; round < 3; round++) {
      expect(await held()).toBeNull()
      town.org.unblock('trudy')
      await town.settle()
    }
    expect(await town.control(path)).toMatchObject({
      state: 'alarm',
      reason: expect.stringMatching(
        /waits: This was set right 3 times within a day and changed back each time, at last by acme-owner\. It goes on at /,
      ),
    })
    expect(await held()).toMatchObject({ kind: 'backing-off' })
    expect(blocked()).not.toContain('trudy')
  })
})
