import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { policies } from './policies/policies.ts'
import { wholeNumber } from './whole-number.ts'

/**
 * Every control of repositories on very many of them: how many are judged in a second while nothing changes, and how long it
 * takes from one setting at the top until every state that follows from it is stored.
 */
const { values } = parseArgs({ options: { repositories: { type: 'string', default: '100000' } } })
const goals = { evaluationsPerSecond: 80_000, changeSeconds: 5 }
const folder = mkdtempSync(join(tmpdir(), 'guardpost-policies-'))
const told = await policies(join(folder, 'guardpost.sqlite'), wholeNumber('--repositories', values.repositories))
rmSync(folder, { recursive: true, force: true })
const isMet =
  told.evaluationsPerSecond >= goals.evaluationsPerSecond && told.changeSeconds <= goals.changeSeconds && told.isRight
console.log(JSON.stringify({ bench: 'policies', cores: cpus().length, ...told, load: loadavg()[0], goals, ok: isMet }))
process.exitCode = isMet ? 0 : 1
