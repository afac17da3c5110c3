import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store } from '../../src/model/store.ts'
import { newSetting } from '../support/setting.ts'
import { newConnection, openTestStore, resourceWrite } from './test-store.ts'

const path = 'GitHub > Organization > Event Handlers'
let store: Store
let us: number
beforeEach(async () => {
  store = await openTestStore(':memory:')
  us = (await store.connections.save(newConnection(1), 10)).id
  await store.resources.write(us, resourceWrite(us, 'R_1'), 1)
})
afterEach(() => store.close())

describe('policy settings', () => {
  const setting = newSetting({ connectionId: 1, resourceId: 1 }, path, 'Check: Enabled', {
    note: 'as agreed',
    startsAt: 5,
  })

  it('are one per resource and path, the newest answer replacing the one before', async () => {
    expect(await store.policies.set(setting, 100)).toEqual({ ...setting, id: 1, createdAt: 100 })
    const list = { ...setting, value: ['push', 'public'], setBy: 'hubot', note: null }
    const replaced = await store.policies.set(list, 200)
    expect(replaced).toEqual({ ...list, id: 1, createdAt: 200 })
    const other = await store.policies.set({ ...setting, path: 'B' }, 300)
    expect(await store.policies.list(us)).toEqual([replaced, other])
    expect(await store.policies.list(us, 'B')).toEqual([other])
    expect(await store.policies.unset({ ...setting, path: 'B' })).toBe(true)
    expect(await store.policies.unset({ ...setting, path: 'B' })).toBe(false)
  })
})
