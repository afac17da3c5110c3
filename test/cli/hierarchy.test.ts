import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Guarded, guarded } from '../support/guarded.ts'
import { inProcess } from './in-process.ts'

jest.setTimeout(30_000)

async function acme(): Promise<Guarded> {
  const town = await guarded()
  for (const name of ['web', 'svc-api']) town.org.createRepository({ name, visibility: 'private' })
  town.install()
  await town.settle()
  return town
}

const envOf = ({ config }: Guarded) => ({
  DATABASE_URL: `file:${config.databaseFile}`,
  GUARDPOST_SECRET_KEY: config.secretKey ?? '',
})

let g: Guarded
let env: Record<string, string>
beforeAll(async () => {
  g = await acme()
  env = envOf(g)
})
afterAll(() => g.close())

const cmdb = 'GitHub > Repository > CMDB'

async function run(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await inProcess(args, env)
  expect([args, status, stderr]).toEqual([args, 0, ''])
  return stdout
}
const json = async (...args: string[]) => JSON.parse(await run(...args, '--json'))

it('every command of the guide does what it says, one after another', async () => {
  const town = await acme()
  const guide = readFileSync(new URL('../../docs/policies.md', import.meta.url), 'utf8')
  const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block)
  const commands = blocks.flatMap((block) => block.match(/^guardpost .*$/gm) ?? [])
  expect(commands.length).toBeGreaterThan(20)
  for (const command of commands) {
    const words = command.replace(/ {2,}#.*$/, '').match(/"[^"]*"|'[^']*'|\S+/g) ?? []
    const args = words.slice(1).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))
    expect([command, await inProcess(args, envOf(town))]).toMatchObject([command, { status: 0, stderr: '' }])
  }
  const { stdout } = await inProcess(['exceptions', '--json'], envOf(town))
  expect(JSON.parse(stdout)[0]).toMatchObject({ on: 'acme/web', note: 'moving house', owner: userInfo().username })
  await town.close()
})

describe('folders, packs and settings on the command line', () => {
  it('are made, asked and explained, one upon the other', async () => {
    await run('folders', 'create', 'Production')
    await run('folders', 'create', 'Europe', '--in', 'Production')
    expect(await run('folders', 'put', 'acme', '--in', 'production/europe')).toContain(
      'acme is in Guardpost/Production/Europe now',
    )
    expect(await run('folders')).toMatch(/^ *Guardpost\/Production\/Europe +acme$/m)

    await run('policies', 'set', cmdb, 'Enforce: Enabled', '--on', 'Guardpost', '--note', 'everybody')
    await run('packs', 'create', 'quiet', '--title', 'Quiet')
    await run('packs', 'set', 'quiet', cmdb, 'Skip')
    const attached = await json('packs', 'attach', 'quiet', '--on', 'acme', '--name', 'svc-*')
    const expires = '2099-01-01T00:00:00Z'
    await run('policies', 'set', cmdb, 'Skip', '--on', 'acme/web', '--expires', expires, '--note', 'moving')

    const { value, chain } = await json('policies', 'get', cmdb, '--on', 'acme/svc-api')
    expect(value).toBe('Skip')
    expect(chain).toMatchObject([
      { on: 'the default', wins: false },
      {
        on: 'Guardpost',
        value: 'Enforce: Enabled',
        wins: false,
        why: 'A more specific Required setting overrides it.',
      },
      { on: 'acme (name svc-*)', pack: 'quiet', attachmentId: attached.id, wins: true },
    ])
    const shown = await run('policies', 'get', cmdb, '--on', 'acme/svc-api')
    expect(shown).toMatch(/^Skip\nFrom the pack quiet, attached by \S+ at .*, required, expires never\.$/m)
    expect(shown).toMatch(/^→ acme \(name svc-\*\) +Skip +required +pack quiet, attached by /m)

    expect(await json('exceptions')).toMatchObject([
      { on: 'acme/web', value: 'Skip', insteadOf: 'Enforce: Enabled', requiredOn: 'Guardpost', note: 'moving' },
      { on: 'acme (name svc-*)', value: 'Skip', pack: 'quiet', expiresAt: null },
    ])
    expect(await run('exceptions', '--organization', 'acme')).toMatch(/acme\/web +Skip +Enforce: Enabled \(Guardpost\)/)

    await g.settle()
    expect(await g.control(cmdb, 'acme/svc-api')).toMatchObject({ state: 'skipped' })
    await run('packs', 'detach', String(attached.id))
    await run('packs', 'delete', 'quiet')
    await g.settle()
    expect(await g.control(cmdb, 'acme/svc-api')).toMatchObject({ state: 'ok' })
    expect(await run('packs')).toMatch(/baseline +Baseline +shipped/)

    // One of an organization asks nothing of others.
    await run('packs', 'create', 'own', '--organization', 'acme')
    await run('packs', 'set', 'own', cmdb, 'Skip', '--organization', 'acme')
    expect(await run('packs')).toMatch(/own +.*acme/)
    const { status, stderr } = await inProcess(['packs', 'attach', 'own', '--on', 'folder:Production'], env)
    expect([status, stderr]).toEqual([2, expect.stringContaining('own is a pack of one organization')])
    const { id } = await json('packs', 'attach', 'own', '--on', 'acme/web')
    await run('packs', 'detach', String(id))
    await run('packs', 'unset', 'own', cmdb, '--organization', 'acme')
    await run('packs', 'delete', 'own', '--organization', 'acme')
  })

  it.each([
    [['folders', 'move', 'Production', '--in', 'Europe'], 'cannot be put into itself'],
    [['folders', 'delete', 'Nowhere'], 'There is no folder Nowhere'],
    [['folders', 'delete', 'Europe'], 'is not empty'],
    [['packs', 'attach', 'nothing', '--on', 'acme'], 'There is no policy pack nothing'],
    [['packs', 'set', 'baseline', cmdb, 'Skip'], 'is shipped with Guardpost and cannot be changed'],
    [['packs', 'order', '99', '--on', 'acme'], 'Number 99 is not attached'],
    [['policies', 'set', cmdb, 'Skip', '--on', 'folder:x'], 'There is no folder x'],
    [['policies', 'set', cmdb, 'Skip', '--on', 'acme', '--property', 'tier'], 'It takes a name and a value'],
    [['policies', 'set', cmdb, 'Skip', '--on', 'acme/web', '--fork', 'no'], 'A selector selects repositories'],
  ])('%j used wrongly says what would be right', async (args, said) => {
    const { status, stderr } = await inProcess(args, env)
    expect(status).toBe(2)
    expect(stderr).toContain(said)
  })
})
