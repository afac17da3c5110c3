import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Hook } from '../../src/simulator/hook.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
let stranger: Hook
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
  stranger = town.org.createHook({ url: 'https://other.example/hook', secret: 'theirs', events: ['push'] })
  town.install()
  await town.settle()
  await town.set(`${eventHandlersPath} > Source`, 'Organization webhook')
  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await town.settle()
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  expect(town.org.hooks).toContain(stranger)
  expect(town.sim.writes.filter(({ path }) => path.includes(`/hooks/${stranger.id}`))).toEqual([])
  await town.close()
})

const ours = (): Hook => {
  const [hook, ...copies] = town.org.hooks.filter((each) => each !== stranger)
  if (!hook || copies.length > 0) throw new Error(`There are ${copies.length + (hook ? 1 : 0)} webhooks of ours.`)
  return hook
}

const found = async (about: string) => (await town.run()).verdict.evidence.find((seen) => seen.about === about)

it('makes it with a secret, JSON, SSL verification and the events, and is OK when its ping has come', async () => {
  expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
  const events = [
    'branch_protection_rule',
    'custom_property',
    'custom_property_values',
    'deploy_key',
    'member',
    'membership',
    'meta',
    'org_block',
    'organization',
    'public',
    'push',
    'repository',
    'repository_ruleset',
    'security_and_analysis',
    'team',
  ]
  expect(ours()).toMatchObject({ active: true, events })
  expect(ours().config).toMatchObject({ contentType: 'json', insecureSsl: '0' })
  const [ping] = town.sim.deliveriesOf(ours())
  expect(ping).toMatchObject({ event: 'ping', status: 'OK', statusCode: 202 })
})

describe.each<[string, string, (hook: Hook) => void]>([
  ['its URL', 'Webhook URL', (hook) => hook.update({ url: 'https://elsewhere.example/' })],
  ['its events', 'Webhook events', (hook) => hook.update({ events: ['push'] })],
  ['its SSL verification', 'Webhook SSL verification', (hook) => hook.update({ insecureSsl: '1' })],
  ['its content type', 'Webhook content type', (hook) => hook.update({ contentType: 'form' })],
  ['its activity', 'Webhook', (hook) => hook.update({ active: false })],
  ['its secret, taken away', 'Webhook secret', (hook) => hook.update({ secret: undefined })],
])('when somebody changed %s', (_what, about, change) => {
  it('is an Alarm under Check, and mended under Enforce', async () => {
    await town.set(eventHandlersPath, 'Check: Enabled')
    await town.settle()
    change(ours())
    const before = town.sim.writes.length
    await town.judge()
    expect(await town.control()).toMatchObject({ state: 'alarm' })
    expect(await found(about)).toMatchObject({ state: 'alarm' })
    expect(town.sim.writes.slice(before).filter(({ path }) => path.includes('/hooks'))).toEqual([])

    await town.set(eventHandlersPath, 'Enforce: Enabled')
    await town.settle()
    await town.judge()
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
    expect(town.sim.deliveriesOf(ours()).findLast(({ event }) => event === 'ping')).toMatchObject({ statusCode: 202 })
  })
})

describe('when somebody changed its secret to another', () => {
  it('is not known under Check until GitHub sends something, then an Alarm; Enforce mends it', async () => {
    await town.set(eventHandlersPath, 'Check: Enabled')
    await town.settle()
    await nextSecond()
    ours().update({ secret: 'another' })
    await town.judge()
    expect(await town.control()).toMatchObject({ state: 'tbd' })

    town.org.createRepository({ name: 'web' })
    await town.settle()
    await town.judge()
    expect(await town.control()).toMatchObject({ state: 'alarm', reason: expect.stringContaining('not ours') })

    await town.set(eventHandlersPath, 'Enforce: Enabled')
    await town.settle()
    await town.judge()
    expect(await town.control()).toMatchObject({ state: 'ok' })
    expect(town.sim.deliveriesOf(ours()).at(-1)).toMatchObject({ event: 'ping', statusCode: 202 })
  })
})

it('finds a second copy, and under Enforce removes it', async () => {
  await town.set(eventHandlersPath, 'Check: Enabled')
  await town.settle()
  town.org.createHook({ url: ours().config.url ?? '', secret: 'copied', events: ['push'] })
  await town.judge()
  expect(await town.control()).toMatchObject({
    state: 'alarm',
    reason: expect.stringContaining('a second copy of ours'),
  })

  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await town.settle()
  await town.judge()
  expect(ours().active).toBe(true)
  expect(await town.control()).toMatchObject({ state: 'ok' })
})

it('makes another when somebody deleted it', async () => {
  const first = ours()
  first.delete()
  await town.settle()
  expect(ours().id).not.toBe(first.id)
  expect(await town.control()).toMatchObject({ state: 'ok' })
})

it('is forgotten where GitHub lists it no longer, but not before GitHub may know of it', async () => {
  const { hooks, connections } = town.guardpost.means.store
  const [{ id: connectionId } = { id: 0 }] = await connections.list()
  const [kept] = await hooks.list(connectionId)
  const made = (id: string, createdAt: number) => hooks.make({ id, connectionId, secret: 'a secret', createdAt })
  await made('deleted', Date.now() - 61_000)
  await made('just-made', Date.now())
  await town.judge()
  expect((await hooks.list(connectionId)).map(({ id }) => id)).toEqual([kept?.id, 'just-made'])
})

it('removes ours and leaves others under Enforce: Disabled', async () => {
  await town.set(eventHandlersPath, 'Enforce: Disabled')
  await town.settle()
  expect(town.org.hooks).toEqual([stranger])
  expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Not configured' })
})

/** GitHub's times are whole seconds: a change in the second of the proof cannot be told from none. */
async function nextSecond(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_001 - (Date.now() % 1_000)))
}
