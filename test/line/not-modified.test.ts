import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded()
})
afterEach(() => town.close())

it('asks GitHub for changes only: what did not change is answered 304, and is free', async () => {
  town.install()
  await town.settle()
  await town.judge()
  const left = () => town.guardpost.means.clients.budgets().map(({ resource, remaining }) => [resource, remaining])
  const before = { asked: town.sim.requests.length, left: left().filter(([resource]) => resource === 'core') }
  await town.judge()
  const read = town.sim.requests.slice(before.asked).filter(({ method }) => method === 'GET')
  expect(read.map(({ path }) => path)).toContain('/orgs/acme/hooks')
  expect(read.map(({ path, status }) => [path, status])).toEqual(read.map(({ path }) => [path, 304]))
  expect(left().filter(([resource]) => resource === 'core')).toEqual(before.left)
  expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })

  town.org.createHook({ url: 'https://other.example/hook', secret: 'theirs', events: ['push'] })
  const asked = town.sim.requests.length
  await town.judge(eventHandlersPath)
  const hooks = town.sim.requests.slice(asked).filter(({ path }) => path === '/orgs/acme/hooks')
  expect(hooks.map(({ status }) => status)).toEqual([200])
})
