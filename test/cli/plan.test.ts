import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Guarded, guarded } from '../support/guarded.ts'
import { inProcess } from './in-process.ts'

let g: Guarded
let env: Record<string, string>
const folder = mkdtempSync(join(tmpdir(), 'policies-'))
const run = (...args: string[]) => inProcess(['plan', ...args], env)
const write = (files: Readonly<Record<string, string>>) => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'guardpost'), { recursive: true })
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
}

beforeAll(async () => {
  g = await guarded({ flavour: 'ghes' })
  g.org.createRepository({ name: 'web' })
  g.install()
  await g.settle()
  env = { DATABASE_URL: `file:${g.config.databaseFile}`, GUARDPOST_SECRET_KEY: g.config.secretKey ?? '' }
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await g.close()
})

const cmdb = 'GitHub > Repository > CMDB'
const blocked = 'GitHub > Organization > Blocked Users'

describe('guardpost plan', () => {
  it('shows what would follow from all files of a folder, and does nothing of it', async () => {
    write({
      'guardpost.yml': `settings:\n  - policy: ${cmdb}\n    value: Skip\n`,
      'guardpost/blocked.yml': `settings:\n  - policy: ${blocked}\n    value: 'Enforce: Block Users'\n  - policy: ${blocked} > Usernames\n    value: [mallory]\n`,
      'guardpost/README.md': 'not a policy file',
    })
    const writes = g.sim.writes.length
    const { status, stdout } = await run(folder)
    expect(status).toBe(0)
    expect(stdout).toContain('Repositories concerned: 1. Resources judged, by what is recorded now: 3.')
    expect(stdout).toContain(
      'Not in acme/.github-private: policy files say nothing of the repository that they are in.',
    )
    expect(stdout).toMatch(
      /^GitHub > Organization > Blocked Users {2}User mallory {2}not blocked {2}blocked {2}1 +acme$/m,
    )
    expect(stdout).toMatch(/^GitHub > Repository > CMDB +OK +Skipped +1 +acme\/web$/m)
    const told = await run(folder, '--on', 'acme', '--json')
    expect(JSON.parse(told.stdout)).toMatchObject({
      ...{ repositories: 1, judged: 3, spared: 'acme/.github-private' },
      changes: [{ count: 1 }],
    })
    await g.settle()
    expect(g.sim.writes.length).toBe(writes)
  })

  it('says that nothing would change where nothing would', async () => {
    write({ 'guardpost.yml': '# nothing yet' })
    expect(await run(folder)).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing would change.') })
  })

  it('ends with 1 where files have faults, each with its place, and what is too large is not read', async () => {
    write({
      'guardpost.yml': `settings:\n  - policy: ${cmdb}\n    value: Skipp\n`,
      'guardpost/large.yml': 'a'.repeat(300_000),
    })
    const { status, stderr } = await run(folder)
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /guardpost\.yml:3:12: “Skipp” is no value of `GitHub > Repository > CMDB`\. Did you mean “Skip”\?/,
    )
    expect(stderr).toContain('guardpost/large.yml:1:1: It is larger than 256 KiB')
    const told = await run(folder, '--json')
    expect({ status: told.status, faults: JSON.parse(told.stdout).faults.length }).toEqual({ status: 1, faults: 2 })
  })

  it('ends with 2 where it is used wrongly', async () => {
    write({})
    expect(await run(folder)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('There are no policy files in'),
    })
    write({ 'guardpost.yml': '{}' })
    expect(await run(folder, '--on', 'nobody')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Connected: acme.'),
    })
    expect((await run()).status).toBe(2)
  })
})
