import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { type Smee as Asked, channelAddress, keepChannel } from '../../../src/cli/start/channel.ts'
import type { Guardpost } from '../../../src/compose.ts'
import type { Store } from '../../../src/model/store.ts'
import { openTestStore, testFolders } from '../../store/test-store.ts'
import { type Smee, startSmee } from '../../support/smee.ts'

const folders = testFolders()
let smee: Smee
let store: Store
beforeAll(async () => {
  smee = await startSmee()
})
afterAll(() => smee.close())
beforeEach(async () => {
  store = await openTestStore(`${folders.make()}/guardpost.sqlite`)
})
afterEach(async () => {
  await store.close()
  folders.removeAll()
})

const keep = (asked: Asked, fromEnvironment: string | null = null) =>
  keepChannel({ means: { store } } as unknown as Guardpost, asked, fromEnvironment)
const kept = async () => (await store.setUp.read()).webhookProxyUrl

it('is kept from one start to the next, until it is given up', async () => {
  expect([await keep(undefined), await kept()]).toEqual([false, null])
  expect([await keep('https://smee.example/a'), await kept()]).toEqual([true, 'https://smee.example/a'])
  expect([await keep(undefined), await keep(true), await kept()]).toEqual([false, false, 'https://smee.example/a'])
  expect([await keep(false), await kept()]).toEqual([true, null])
})

it('is made where a smee server makes them', async () => {
  expect(await keep(smee.newUrl)).toBe(true)
  expect(await kept()).toMatch(/^http:\/\/smee\.example:\d+\/[\w-]{16}$/)
})

it('is not said twice', async () => {
  await expect(keep('https://smee.example/b', 'https://smee.example/a')).rejects.toThrow(/^WEBHOOK_PROXY_URL names/)
  expect([await keep('https://smee.example/a', 'https://smee.example/a'), await kept()]).toEqual([false, null])
})

it('has an address', () => {
  expect(channelAddress('https://smee.example/a')).toBe('https://smee.example/a')
  expect(() => channelAddress('smee')).toThrow('It takes the address of a channel')
})
