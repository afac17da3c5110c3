import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { muteControl, unmuteControl } from '../../src/engine/mute.ts'
import type { Mute } from '../../src/model/mute.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
  town.install()
  await town.settle()
  await town.set(`${eventHandlersPath} > Source`, 'Organization webhook')
  await town.settle()
})
afterEach(() => town.close())

const mute = async (how: Partial<Pick<Mute, 'until' | 'date'>>) =>
  muteControl(town.guardpost.means, await town.control(), { until: 'forever', date: null, note: null, ...how }, by)
const by = { actor: 'mona', source: 'console' } as const
const muted = async () => {
  const { connectionId, id } = await town.control()
  return (await town.guardpost.means.store.controls.mute(connectionId, id)) !== null
}
const told = async () => {
  const { connectionId, resourceId } = await town.control()
  const all = await town.guardpost.means.store.activities.list(connectionId, { resourceId })
  return all.filter(({ kind }) => kind === 'mute').map(({ actor, summary }) => [actor, summary])
}

it('a muted control runs and enforces nothing, until it is unmuted', async () => {
  await mute({})
  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await town.settle()
  await town.judge()
  expect(town.org.hooks).toEqual([])
  expect(await town.control()).toMatchObject({ state: 'alarm' })
  expect(await unmuteControl(town.guardpost.means, await town.control(), by)).toBe(true)
  await town.settle()
  expect(town.org.hooks).toHaveLength(1)
  expect(await town.control()).toMatchObject({ state: 'ok' })
  expect(await told()).toEqual([
    ['mona', `${eventHandlersPath} unmuted`],
    ['mona', `${eventHandlersPath} muted for good`],
  ])
})

it('what was left undone is done when the mute ends by itself', async () => {
  await town.set(eventHandlersPath, 'Check: Disabled')
  await town.settle()
  await mute({ until: 'alarm' })
  await town.set(eventHandlersPath, 'Enforce: Enabled')
  await town.settle()
  expect(await muted()).toBe(false)
  expect(town.org.hooks).toHaveLength(1)
  expect(await town.control()).toMatchObject({ state: 'ok' })
})

it('a mute ends with the state, or at the date, that it waits for', async () => {
  await mute({ until: 'ok' })
  await town.judge()
  expect(await muted()).toBe(true)
  await town.set(eventHandlersPath, 'Check: Disabled')
  await town.settle()
  expect(await town.control()).toMatchObject({ state: 'ok' })
  expect(await muted()).toBe(false)
  expect((await told())[0]).toEqual(['guardpost', `${eventHandlersPath} unmuted: it is OK`])

  await mute({ until: 'date', date: Date.now() - 1 })
  await town.settle()
  expect(await muted()).toBe(false)
  expect((await told())[0]).toEqual(['guardpost', `${eventHandlersPath} unmuted: its date has come`])
})
