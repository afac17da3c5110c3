import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { plan } from './policies/plan.ts'
import { wholeNumber } from './whole-number.ts'

/** A plan of policy files that ask every control of every repository for something, and of ones that ask one control. */
const { values } = parseArgs({ options: { repositories: { type: 'string', default: '100000' } } })
const folder = mkdtempSync(join(tmpdir(), 'guardpost-plan-'))
const told = await plan(join(folder, 'guardpost.sqlite'), wholeNumber('--repositories', values.repositories))
rmSync(folder, { recursive: true, force: true })
console.log(JSON.stringify({ bench: 'plan', cores: cpus().length, ...told, load: loadavg()[0], ok: told.isRight }))
process.exitCode = told.isRight ? 0 : 1
