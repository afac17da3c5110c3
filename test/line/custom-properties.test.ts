import { afterEach, expect, it } from '@jest/globals'
import { setPolicy } from '../../src/engine/set-policy.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { newSetting } from '../support/setting.ts'

let town: Guarded
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

const valuesOf = async (repository: string) => {
  const found = await town.guardpost.means.store.resources.list(1, { type: 'GitHub > Custom Property Values' })
  return found.find(({ data }) => data.repositoryFullName === repository)?.data.properties
}

it('a property that is deleted, made or changed has the values of all repositories read at once', async () => {
  town = await guarded({ flavour: 'ghes' })
  const { org } = town
  org.defineProperty({ name: 'tier' })
  org.defineProperty({ name: 'owner' })
  const web = org.createRepository({ name: 'web' })
  web.setProperties({ tier: 'gold', owner: 'mona' })
  org.createRepository({ name: 'shop' }).setProperties({ tier: 'silver' })
  town.install()
  await town.settle()
  expect(await valuesOf('acme/web')).toEqual({ tier: 'gold', owner: 'mona' })
  expect(await valuesOf('acme/shop')).toEqual({ tier: 'silver', owner: null })

  org.removeProperty('tier')
  await town.settle()
  expect(await valuesOf('acme/web')).toEqual({ owner: 'mona' })
  expect(await valuesOf('acme/shop')).toEqual({ owner: null })

  org.defineProperty({ name: 'tier', required: true, defaultValue: 'bronze' })
  await town.settle()
  expect(await valuesOf('acme/web')).toEqual({ owner: 'mona', tier: 'bronze' })
  org.defineProperty({ name: 'tier', required: true, defaultValue: 'iron' })
  await town.settle()
  expect(await valuesOf('acme/shop')).toEqual({ owner: null, tier: 'iron' })
})

it('whom a deleted property had selected is asked for nothing any more', async () => {
  town = await guarded({ flavour: 'ghes' })
  const { org } = town
  org.defineProperty({ name: 'tier' })
  org.createRepository({ name: 'web' }).setProperties({ tier: 'gold' })
  town.install()
  await town.settle()
  const path = 'GitHub > Repository > Issues > Enabled'
  const { means } = town.guardpost
  const { resourceId, connectionId } = await town.control()
  await setPolicy(
    means,
    newSetting({ connectionId, resourceId }, path, 'Check: Enabled', { selector: { property: { tier: 'gold' } } }),
  )
  await town.settle()
  expect(await town.control(path, 'acme/web')).toMatchObject({ state: 'ok' })
  org.removeProperty('tier')
  await town.settle()
  expect(await town.control(path, 'acme/web')).toMatchObject({ state: 'skipped' })
})
