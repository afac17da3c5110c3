import { parseArgs } from 'node:util'
import { misfortunes } from '../test/faults/misfortunes.ts'
import { isSound, tellStory } from '../test/faults/story.ts'
import { wholeNumber } from './whole-number.ts'

/**
 * Two organizations change while GitHub, the network, the disk and administrators misbehave by chance. In the end the
 * CMDB is what GitHub is, and nothing was ever published that was not so. The same seed makes the same chances.
 */
const { values } = parseArgs({
  options: { deliveries: { type: 'string', default: '10000' }, seed: { type: 'string', default: String(Date.now()) } },
})

const told = await tellStory({
  seed: wholeNumber('--seed', values.seed),
  deliveries: wholeNumber('--deliveries', values.deliveries),
  repositories: 110,
  misfortunes,
  phase: 300,
  onPhase: (about) => console.log(JSON.stringify(about)),
})
const ok = isSound(told)
console.log(JSON.stringify({ ...told, ok }))
if (!ok) process.exitCode = 1
