import { parseArgs } from 'node:util'
import { enforceAll, enforceCapped } from './enforce/enforce.ts'
import { wholeNumber } from './whole-number.ts'

/** One policy enforced on many repositories within GitHub's limits, killed halfway, and capped; in virtual time. */
const { values } = parseArgs({
  options: { repositories: { type: 'string', default: '1000' }, capped: { type: 'string', default: '300' } },
})
const options = {
  repositories: wholeNumber('--repositories', values.repositories),
  capped: wholeNumber('--capped', values.capped),
  onProgress: (line: object) => console.log(JSON.stringify(line)),
}

const began = performance.now()
const all = await enforceAll(options)
console.log(JSON.stringify({ scenario: 'confirmed, killed halfway and resumed', ...all }))
const capped = await enforceCapped(options)
console.log(JSON.stringify({ scenario: 'capped', ...capped }))
const { repositories } = options
const ok =
  [all.planned, all.changed, all.told, capped.changed].every((count) => count === repositories) &&
  all.writtenUnconfirmed === 0 &&
  all.writes === repositories &&
  all.limitsHit + capped.limitsHit === 0 &&
  capped.untilReleased === options.capped &&
  capped.waited === repositories - options.capped &&
  capped.mostWithinHour <= options.capped
const seconds = Math.round((performance.now() - began) / 1_000)
console.log(
  JSON.stringify({
    bench: 'enforce',
    repositories,
    limitsHit: all.limitsHit + capped.limitsHit,
    minutes: all.minutes,
    seconds,
    ok,
  }),
)
process.exitCode = ok ? 0 : 1
