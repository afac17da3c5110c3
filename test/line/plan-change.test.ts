import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { discoverJob } from '../../src/engine/jobs.ts'
import type { Permissions } from '../../src/model/permission.ts'
import { type Guarded, guarded } from '../support/guarded.ts'

const wiki = 'GitHub > Repository > Wikis > Enabled'
const scanning = 'GitHub > Repository > Code Security > Secret Scanning'
const protection = 'GitHub > Repository > Code Security > Push Protection'
const visibility = 'GitHub > Repository > Visibility'
const creation = 'GitHub > Organization > Member Privileges > Repository Creation'
const pages = 'GitHub > Organization > Member Privileges > Pages Creation'

/** Each control that the plan decides of, what it is asked, and how it stands on `free`, `team` and `enterprise`. */
const rows = [
  [wiki, 'Enabled', 'skipped', 'alarm', 'alarm'],
  [scanning, 'Enabled', 'skipped', 'alarm', 'alarm'],
  [protection, 'Enabled', 'skipped', 'alarm', 'alarm'],
  [visibility, 'Internal', 'skipped', 'skipped', 'alarm'],
  [creation, 'Private only', 'skipped', 'skipped', 'alarm'],
  [pages, 'Private only', 'skipped', 'skipped', 'alarm'],
] as const
const plans = ['free', 'team', 'enterprise'] as const

let town: Guarded
beforeAll(async () => {
  town = await guarded({ flavour: 'ghes' })
  town.org.plan = 'free'
  town.org.createRepository({ name: 'web', visibility: 'private', settings: { hasWiki: false } })
  town.app.request({ ...town.app.permissions, administration: 'write', organization_administration: 'write' })
  town.install()
  await town.settle()
  for (const [path, value] of rows) await town.set(path, `Check: ${value}`)
  await town.settle()
})
afterAll(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

const states = () =>
  Promise.all(
    rows.map(async ([path]) => {
      const { state } = await town.control(path, path.startsWith('GitHub > Repository') ? 'acme/web' : 'acme')
      return [path, state]
    }),
  )
const on = (plan: (typeof plans)[number]) => rows.map(([path, , ...each]) => [path, each[plans.indexOf(plan)]])

async function subscribe(plan: (typeof plans)[number]): Promise<void> {
  const { store, clock } = town.guardpost.means
  town.org.plan = plan
  // GitHub tells of it by no event: it is in the next reading of the organization.
  await store.jobs.enqueue([discoverJob(1, 'a test', clock())])
  await town.settle()
}

it.each(['free', 'team', 'enterprise', 'team', 'free'] as const)(
  'on the plan %s all that it decides of is judged by it, without anything else that changed',
  async (plan) => {
    await subscribe(plan)
    expect(await states()).toEqual(on(plan))
  },
)

it('what GitHub refused for the plan is tried again, and done, once the plan has it', async () => {
  // What it subscribes to is hidden, so that GitHub is the first to say it.
  await town.close()
  town = await guarded({ flavour: 'ghes' })
  town.org.plan = 'free'
  const all: Permissions = { ...town.app.permissions, administration: 'write', organization_administration: 'write' }
  const { organization_plan: _, ...hidden } = all
  town.app.request(all)
  const installation = town.install({ permissions: hidden })
  const web = town.org.createRepository({ name: 'web', visibility: 'private', settings: { hasWiki: false } })
  await town.settle()
  await town.set(wiki, 'Enforce: Enabled')
  await town.settle()
  expect(await town.control(wiki, 'acme/web')).toMatchObject({
    state: 'skipped',
    reason: expect.stringContaining('Upgrade to GitHub Pro'),
  })
  town.org.plan = 'team'
  installation.grant()
  await town.settle()
  expect(await town.control(wiki, 'acme/web')).toMatchObject({ state: 'ok' })
  expect(web.settings.hasWiki).toBe(true)
})
