import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Guarded, guarded } from '../support/guarded.ts'
import { inProcess } from './in-process.ts'

let town: Guarded
beforeAll(async () => {
  town = await guarded({ flavour: 'ghes' })
  town.org.createRepository({ name: 'web', visibility: 'private' })
  town.install().revoke('organization_hooks')
  await town.settle()
  const { store, clock } = town.guardpost.means
  const { id, connectionId } = await town.control('GitHub > Repository > CMDB', 'acme/web')
  await store.controls.setMute({
    ...{ connectionId, controlId: id, until: 'forever', date: null, note: 'known', by: 'dana', at: clock() },
  })
})
afterAll(() => town.close())

const run = (...args: string[]) =>
  inProcess(args, {
    DATABASE_URL: town.config.databaseFile,
    GUARDPOST_SECRET_KEY: town.config.secretKey ?? '',
  })
const report = (...args: string[]) => run('report', ...args)

const path = 'GitHub > Organization > Event Handlers'
const reason = 'The permission `organization_hooks: write` is not granted.'

describe('guardpost report', () => {
  it('shows the worst first, each on one line, and counts what is muted', async () => {
    const { status, stdout } = await report()
    const [counts, , head, worst] = stdout.split('\n')
    expect(counts).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ: 1 Error, \d+ OK; 1 muted$/)
    expect(head).toMatch(/^STATE +CONTROL +RESOURCE +SINCE +REASON$/)
    expect(worst).toMatch(new RegExp(`^Error +${path} +acme +.*Z +${reason}`))
    expect(stdout).not.toContain('acme/web ')
    expect(status).toBe(0)
  })

  it('is JSON for programs, muted controls with it', async () => {
    const { counts, muted, controls } = JSON.parse((await report('--json')).stdout)
    expect(counts).toMatchObject({ error: 1, alarm: 0 })
    expect(muted).toBe(1)
    const all = Object.values(counts as Record<string, number>).reduce((a, b) => a + b)
    expect(all + muted).toBe(controls.length)
    expect(controls[0]).toMatchObject({ path, state: 'error', reason, organization: 'acme', mute: null })
    expect(controls.filter(({ mute }: { mute: unknown }) => mute)).toMatchObject([
      { resource: { title: 'acme/web' }, mute: { until: 'forever', note: 'known', by: 'dana', expiresAt: null } },
    ])
  })

  it('writes SARIF, and says where it cannot', async () => {
    const file = join(dirname(town.config.databaseFile), 'guardpost.sarif')
    expect((await report('--sarif', file)).stdout).toContain(`\n${file} holds it as SARIF.\n`)
    const { version, runs } = JSON.parse(readFileSync(file, 'utf8'))
    expect(version).toBe('2.1.0')
    expect(runs[0].results[0]).toMatchObject({ ruleId: path, kind: 'fail', level: 'warning' })
    expect(await report('--sarif', '/nowhere/at/all.sarif')).toMatchObject({
      status: 2,
      stderr: '/nowhere/at/all.sarif cannot be written (ENOENT). Name a file in a folder that is there.\n',
    })
  })
})

it('a muted control is not listed unless asked for, and counted nowhere', async () => {
  expect((await run('controls')).stdout).not.toMatch(/CMDB +acme\/web /)
  expect((await run('controls', '--muted')).stdout).toMatch(/CMDB +acme\/web /)
  const { store, clock } = town.guardpost.means
  const counted = await store.controls.census(clock())
  expect(counted.find(({ path }) => path === 'GitHub > Repository > CMDB')?.count).toBe(1)
})
