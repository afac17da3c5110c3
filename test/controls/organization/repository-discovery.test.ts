import { expect, it } from '@jest/globals'
import { organizationRepositoryDiscovery } from '../../../src/controls/organization/repository-discovery.ts'
import { repositoryCmdb } from '../../../src/controls/repository/cmdb.ts'
import { resourceOf } from '../resource.ts'

const refusal = { code: 'hidden', reason: 'GitHub hides them.' } as const
const pass = { startedAt: 0, completedAt: 5, count: 12, total: 12, refusal: null }

const judged = (data: object | null) => {
  const connection = data && resourceOf('GitHub > Connection', data)
  const { state, reason } = organizationRepositoryDiscovery.evaluate({ related: { connection } } as never)
  return `${state}: ${reason}`
}

it.each([
  ['nothing is known', null, 'tbd: Repositories have not been looked for yet.'],
  ['there was no pass', { repositoryDiscovery: null }, 'tbd: Repositories have not been looked for yet.'],
  [
    'the first pass goes on',
    { repositoryDiscovery: { ...pass, completedAt: null, count: 3 } },
    'tbd: Repositories are looked for the first time, and not all are found yet.',
  ],
  ['a pass came to its end', { repositoryDiscovery: pass }, 'ok: Every repository is found.'],
  ['a later one goes on', { repositoryDiscovery: { ...pass, count: 1 } }, 'ok: Every repository is found.'],
  [
    'only some are in reach',
    { repositoryDiscovery: pass, repositorySelection: 'selected' },
    'ok: Every repository is found that the App was let reach; others are not seen.',
  ],
  ['the newest was refused', { repositoryDiscovery: { ...pass, refusal } }, 'error: GitHub hides them.'],
])('where %s', (_what, data, expected) => {
  expect(judged(data)).toBe(expected)
})

it('is asked for by the policy that asks for what it finds', () => {
  expect(organizationRepositoryDiscovery.policy).toBe(repositoryCmdb.policy)
})
