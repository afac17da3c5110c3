import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Guarded, guarded } from '../support/guarded.ts'
import { inProcess } from './in-process.ts'

jest.setTimeout(30_000)

let g: Guarded
let env: Record<string, string>
let before: string
let between: string
const run = (...args: string[]) => inProcess(['resources', ...args], env)

/** A moment by which all before it is known, and at which nothing after it has happened. */
async function moment(): Promise<string> {
  await g.settle()
  const time = new Date().toISOString()
  while (new Date().toISOString() === time) await new Promise(setImmediate)
  return time
}

beforeAll(async () => {
  g = await guarded({ flavour: 'ghes' })
  const web = g.org.createRepository({ name: 'web', visibility: 'public' })
  const old = g.org.createRepository({ name: 'old' })
  g.install()
  before = await moment()
  web.rename('site')
  web.setVisibility('private')
  between = await moment()
  old.delete()
  g.org.createRepository({ name: 'old' })
  g.org.createRepository({ name: 'new' })
  await g.settle()
  env = { DATABASE_URL: `file:${g.config.databaseFile}`, GUARDPOST_SECRET_KEY: g.config.secretKey ?? '' }
})
afterAll(() => g.close())

describe('guardpost resources --as-of', () => {
  const names = async (...args: string[]) =>
    JSON.parse((await run('list', '--type', 'GitHub > Repository', ...args, '--json')).stdout).map(
      ({ title }: { title: string }) => title,
    )

  it('lists what was there, under the names of then', async () => {
    expect(await names('--as-of', before)).toEqual(['acme/.github-private', 'acme/old', 'acme/web'])
    expect(await names('--as-of', between)).toEqual(['acme/.github-private', 'acme/old', 'acme/site'])
    expect(await names()).toEqual(['acme/.github-private', 'acme/new', 'acme/old', 'acme/site'])
    expect((await run('--as-of', '-1d')).stdout).toMatch(/^Nothing was recorded at \S+ \S+Z\. /)
    const { stdout } = await run('--as-of', before)
    expect(stdout.split('\n')[0]).toMatch(/^TYPE +NAME +VERSION +KNOWN SINCE$/)
  })

  it('shows one as it was', async () => {
    const { stdout } = await run('show', 'acme/web', '--as-of', before)
    expect(stdout).toMatch(/^acme\/web, a GitHub > Repository, as of \S+ \S+Z\nVersion 1, known since \S+ \S+Z\.\n/)
    expect(stdout).toMatch(/^visibility +public$/m)
    expect(stdout).not.toContain('pushedAt')
    const { title, at } = JSON.parse((await run('show', 'acme/site', '--as-of', between, '--json')).stdout)
    expect({ title, at }).toEqual({ title: 'acme/site', at: expect.stringMatching(/Z$/) })
    expect(await run('show', 'acme/web', '--as-of', between)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^acme\/web was not recorded at \S+ \S+Z, or had another name\. /),
    })
  })
})

describe('guardpost resources diff', () => {
  it('tells what was found, what changed and what went', async () => {
    const { stdout } = await run('diff', '--from', before, '--type', 'GitHub > Repository')
    const [head, , , ...lines] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^From \S+ \S+Z to \S+ \S+Z: 2 found, 1 changed, 1 gone$/)
    expect(lines.map((line) => line.split(/ {2,}/).filter((cell) => cell !== 'GitHub > Repository'))).toEqual([
      ['found', 'acme/new'],
      ['found', 'acme/old'],
      ['changed', 'acme/site', 'name', 'web', 'site'],
      ['changed', 'acme/site', 'nameWithOwner', 'acme/web', 'acme/site'],
      ['changed', 'acme/site', 'url', `${g.sim.htmlUrl}/acme/web`, `${g.sim.htmlUrl}/acme/site`],
      ['changed', 'acme/site', 'visibility', 'public', 'private'],
      ['gone', 'acme/old'],
    ])
  })

  it('tells it of one, by either name, and of two past moments', async () => {
    const kinds = async (...args: string[]) =>
      JSON.parse((await run('diff', ...args, '--json')).stdout).map(({ kind }: { kind: string }) => kind)
    expect(await kinds('acme/web', '--from', before)).toEqual(['changed'])
    expect(await kinds('acme/site', '--from', before, '--to', between)).toEqual(['changed'])
    expect(await kinds('acme/site', '--from', between)).toEqual([])
    expect(await kinds('acme/old', '--from', between)).toEqual(['found', 'gone'])
  })

  it.each<[string, string[], RegExp]>([
    ['without a moment', [], /required option '--from <time>' not specified/],
    ['of nothing', ['acme/x', '--from', '-1h'], /^Nothing was called acme\/x at either moment\./],
    ['backwards', ['--from', '-1h', '--to', '-2h'], /^--from \(.+\) is after --to \(.+\)\.\n$/],
    ['from no moment', ['--from', 'yesterday'], /It takes a time like 2026-01-31T14:30:00Z, or so long ago: -90m/],
    ['without a zone', ['--from', '2026-01-31T14:30:00'], /It takes a time of day and a zone, like/],
    ['of no type', ['--from', '-1h', '--type', 'Repo'], /^There is no type “Repo”\./],
  ])('%s says what would be right', async (_, args, message) => {
    const { status, stderr } = await run('diff', ...args)
    expect(status).toBe(2)
    expect(stderr).toMatch(message)
  })
})
