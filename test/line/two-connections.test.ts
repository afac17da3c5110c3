import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { setPolicy } from '../../src/engine/set-policy.ts'
import type { Connection } from '../../src/model/connection.ts'
import { connect } from '../support/connect.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'
import { newSetting } from '../support/setting.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
})
afterEach(() => town.close())

async function enforce({ id, organizationNodeId }: Connection): Promise<void> {
  const root = await town.guardpost.means.store.resources.byNodeId(id, 'GitHub > Organization', organizationNodeId)
  const place = { connectionId: id, resourceId: root?.id ?? 0 }
  await setPolicy(town.guardpost.means, newSetting(place, eventHandlersPath, 'Enforce: Enabled'))
  await town.settle()
}

it('an App and a token on one organization leave each other’s webhook alone', async () => {
  const { store } = town.guardpost.means
  town.install()
  await town.settle()
  await connect(
    town,
    town.sim.createToken({ user: town.org.owner, kind: 'classic', scopes: ['repo', 'admin:org', 'admin:org_hook'] }),
  )
  const connections = await store.connections.list()
  expect(connections.map(({ kind }) => kind)).toEqual(['app', 'token'])
  for (const connection of connections) await enforce(connection)
  await town.judge()
  expect(town.org.hooks).toHaveLength(1)
  for (const { id } of connections)
    expect(await store.controls.list(id, { path: eventHandlersPath })).toMatchObject([{ state: 'ok' }])
  expect(town.sim.writes.filter(({ method, path }) => method === 'DELETE' && path.includes('/hooks'))).toEqual([])
})
