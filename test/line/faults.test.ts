import { expect, it } from '@jest/globals'
import { quickMisfortunes } from '../faults/misfortunes.ts'
import { tellStory } from '../faults/story.ts'

it('under random faults on both sides it says nothing that was never so, and has the CMDB equal GitHub in the end', async () => {
  const told = await tellStory({
    seed: 4,
    deliveries: 300,
    repositories: 12,
    misfortunes: quickMisfortunes,
    phase: 60,
  })
  expect(told).toMatchObject({ differences: [], wrong: [], parked: [], unhealed: [] })
  const struck = Object.entries(told.struck).filter(([, count]) => count > 0)
  expect(struck.filter(([name]) => name.startsWith('delivery ')).length).toBeGreaterThan(3)
  expect(struck.filter(([name]) => /^(api|query|write) /.test(name)).length).toBeGreaterThan(0)
  expect(told.runs['GitHub > Organization > Event Handlers: ok']).toBeGreaterThan(1)
  expect(told.reports).toBeGreaterThan(2)
}, 180_000)
