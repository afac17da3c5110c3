import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { SeenRequest } from '../../src/simulator/http/seen-request.ts'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'

let town: Guarded
beforeEach(async () => {
  town = await guarded({ flavour: 'ghes' })
})
afterEach(async () => {
  expect(town.sim.judged).toEqual([])
  await town.close()
})

const losing = (effect: 'before' | 'after', when: (request: SeenRequest) => boolean) =>
  town.sim.faults.api({ fault: { kind: 'cut', effect }, when })

const isMaking = ({ method, path }: SeenRequest): boolean => method === 'POST' && path.endsWith('/issues')

it('what was written although its answer was lost is written over, even by what was last noted', async () => {
  const check = () => town.reporting.checkRuns.find(({ name }) => name === eventHandlersPath)?.conclusion
  town.install()
  await town.settle()
  const lost = losing('after', ({ method }) => method === 'PATCH')
  await town.set(`${eventHandlersPath} > Source`, 'Organization webhook')
  await town.settle()
  expect([lost.struck > 0, check()]).toEqual([true, 'failure'])
  lost.off()
  await town.set(`${eventHandlersPath} > Source`, 'GitHub App')
  await town.settle()
  expect([(await town.control()).state, check()]).toEqual(['ok', 'success'])
})

it('an issue that nobody heard was opened is closed', async () => {
  const installation = town.install()
  await town.settle()
  const lost = losing('after', (request) => isMaking(request) || town.reporting.issues.length > 0)
  installation.revoke('members')
  await town.judge()
  expect(town.reporting.issues).toMatchObject([{ state: 'open' }])
  lost.off()
  installation.grant()
  await town.judge()
  expect(town.reporting.issues).toMatchObject([{ state: 'closed' }])
})

it('an issue that was not opened is looked for once, and not made when all is well', async () => {
  const looks = () => town.sim.requests.filter(({ path }) => path.endsWith('/issues')).length
  const installation = town.install()
  await town.settle()
  const lost = losing('before', isMaking)
  installation.revoke('members')
  await town.judge()
  expect(lost.struck).toBeGreaterThan(0)
  lost.off()
  installation.grant()
  await town.judge()
  const before = looks()
  await town.judge()
  expect([town.reporting.issues, looks()]).toEqual([[], before])
})
