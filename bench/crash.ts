import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { isSound, type Kill, killRounds } from '../test/crash/kill-rounds.ts'
import { wholeNumber } from './whole-number.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const wanted = wholeNumber('The number of kills', positionals[0] ?? '50')
const kills: Kill[] = []
for await (const kill of killRounds(wanted, 20_261_122)) {
  kills.push(kill)
  console.log(JSON.stringify(kill))
}

const ok = kills.length === wanted && kills.every(isSound)
const sum = (of: (kill: Kill) => number) => kills.reduce((total, kill) => total + of(kill), 0)
const most = (of: (kill: Kill) => number) => Math.max(...kills.map(of))
console.log(
  JSON.stringify({
    bench: 'crash',
    kills: kills.length,
    answered: sum(({ answered }) => answered),
    unprocessedAtKill: sum(({ unprocessed }) => unprocessed),
    processed: sum(({ answered, lost }) => answered - lost),
    lost: sum(({ lost }) => lost),
    issues: most(({ issues }) => issues),
    checkRuns: most(({ checkRuns }) => checkRuns),
    hooks: most(({ hooks }) => hooks),
    seconds: Math.round(sum(({ milliseconds }) => milliseconds) / 1_000),
    load: loadavg()[0],
    ok,
  }),
)
process.exitCode = ok ? 0 : 1
