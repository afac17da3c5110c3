import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from '@jest/globals'
import { plan } from '../../bench/policies/plan.ts'
import { policies } from '../../bench/policies/policies.ts'
import { controlTypes } from '../../src/controls/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'guardpost-policies-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('judges every control of 300 repositories, and stores all that follows from one setting above them', async () => {
  const told = await policies(join(folder, 'guardpost.sqlite'), 300)
  const controls = controlTypes.filter(({ target }) => target === 'GitHub > Repository').length
  expect(told).toMatchObject({ repositories: 300, controls, isRight: true })
  expect(told.evaluationsPerSecond).toBeGreaterThan(0)
})

it('plans policy files over 300 repositories', async () => {
  const told = await plan(join(folder, 'planned.sqlite'), 300)
  expect(told).toMatchObject({ every: { repositories: 300 }, one: { repositories: 285 }, isRight: true })
})
