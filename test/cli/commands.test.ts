import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'
import { guardpost, startGuardpost } from './guardpost.ts'
import { inProcess } from './in-process.ts'

jest.setTimeout(30_000)

let g: Guarded
let env: Record<string, string>
const run = (...args: string[]) => inProcess(args, env)
const spawned = (...args: string[]) => guardpost(args, { env })

beforeAll(async () => {
  g = await guarded({ flavour: 'ghes' })
  g.org.createRepository({ name: 'web', visibility: 'public', description: 'red \u001b[31m' })
  const { organization_hooks: _, ...permissions } = g.app.permissions
  g.install({ permissions })
  await g.settle()
  env = { DATABASE_URL: `file:${g.config.databaseFile}`, GUARDPOST_SECRET_KEY: g.config.secretKey ?? '' }
})
afterAll(() => g.close())

describe('guardpost resources', () => {
  it('lists what is recorded, one plain line each', async () => {
    const { status, stdout, stderr } = await spawned('resources', '--type', 'GitHub > Repository')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^TYPE +NAME +LAST SEEN +BY$/)
    expect(lines[1]).toMatch(
      /^GitHub > Repository {2}acme\/\.github-private {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ {2}discovery$/,
    )
    expect(lines[2]).toMatch(/^GitHub > Repository {2}acme\/web +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ {2}discovery$/)
    expect(lines).toHaveLength(3)
  })

  it('shows one with what is known by what, and no control sequence of anybody', async () => {
    const { status, stdout } = await run('resources', 'show', 'acme/web')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^acme\/web, a GitHub > Repository\nVersion 1, recorded \d{4}-/)
    expect(stdout).toMatch(/^visibility +discovery +\S+ \S+Z {2}public$/m)
    expect(stdout).toMatch(/^homepageUrl +discovery +\S+ \S+Z {2}none$/m)
    expect(stdout).toMatch(/^description +discovery +\S+ \S+Z {2}red \[31m$/m)
    expect(stdout).not.toContain('\u001b')
  })
})

describe('guardpost controls', () => {
  it('gives programs JSON with times in UTC', async () => {
    const { status, stdout } = await spawned('controls', '--state', 'error', '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({
        path: eventHandlersPath,
        resource: 'acme',
        state: 'error',
        reason: 'The permission `organization_hooks: write` is not granted.',
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      }),
    ])
  })

  it('shows what is wrong with one, and what to do about it where', async () => {
    const { id } = await g.control()
    const { status, stdout } = await run('controls', 'show', String(id))
    expect(status).toBe(0)
    expect(stdout).toContain(`${eventHandlersPath} of acme\nError since `)
    expect(stdout).toContain('  Needed: write. Requested: write. Granted: nothing.\n')
    expect(stdout).toContain('  What to do (an owner of acme): Review the request of the App and accept')
    expect(stdout).toMatch(/\n {2}http:\S+\/organizations\/acme\/settings\/installations\/\d+\/permissions\/update\n/)
    expect(stdout).toMatch(/\nPermission `organization_hooks` +Error +not granted +write\n/)
    expect(stdout).toMatch(/\nReported on GitHub: check run \d+, issue #1\n$/)
  })

  it('has one judged by the Guardpost that runs', async () => {
    const { id } = await g.control()
    expect(await spawned('controls', 'run', String(id))).toEqual({
      status: 0,
      stdout: `Queued. Guardpost judges it now if it is running; \`guardpost controls show ${id}\` tells.\n`,
      stderr: '',
    })
    await g.settle()
    expect((await g.run()).cause).toBe('asked for')
  })
})

describe('guardpost policies', () => {
  const source = `${eventHandlersPath} > Source`

  it('sets, gets and unsets', async () => {
    const get = async () => (await run('policies', 'get', source, '--on', 'acme')).stdout
    expect(await get()).toMatch(/^GitHub App\nIt is the default: nobody has set it\.\n/)
    const set = await spawned('policies', 'set', source, 'Organization webhook', '--on', 'acme', '--note', 'a try')
    expect(set).toEqual({
      status: 0,
      stdout: `Set on acme: ${source} is Organization webhook. Guardpost judges by it now if it is running.\n`,
      stderr: '',
    })
    expect(await get()).toMatch(/^Organization webhook\nSet by .+ at .+Z, required, expires never\.\nNote: a try\n/)
    expect((await run('policies')).stdout).toMatch(
      /\nGitHub > Organization > Event Handlers > Source {2}acme {2}Organization webhook {2}required .* a try\n$/,
    )
    const unset = await run('policies', 'unset', source, '--on', 'acme', '--json')
    expect(JSON.parse(unset.stdout)).toEqual({ path: source, on: 'acme', unset: true })
    expect(await get()).toMatch(/^GitHub App\n/)
    const again = await run('policies', 'unset', source, '--on', 'acme')
    expect(again).toEqual({
      status: 2,
      stdout: '',
      stderr: `${source} is not set on acme. \`guardpost policies\` lists what is.\n`,
    })
  })
})

describe('guardpost activities', () => {
  it('lists the newest first, as many as asked for', async () => {
    g.org.createRepository({ name: 'newest', sender: 'dana' })
    await g.settle()
    const { status, stdout } = await run('activities', '--limit', '3')
    expect(status).toBe(0)
    const [head, ...lines] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^AT +RESOURCE +WHO +KNOWN BY +WHAT$/)
    expect(lines).toHaveLength(3)
    expect(stdout).toMatch(/Z {2}acme\/newest +guardpost {2}\S+ +GitHub > Repository > CMDB: TBD → OK: Recorded\.$/m)
    expect(stdout).toMatch(
      /Z {2}security features of acme\/newest +\S* +\w+ +security features of acme\/newest is recorded$/m,
    )
    expect(lines.at(-1)).toMatch(/Z {2}acme\/newest +dana +event +acme\/newest is recorded$/)
  })

  it('ends well where its reader has read enough', async () => {
    const child = startGuardpost(['activities', '--json'], { env })
    child.stdout.destroy()
    let complaint = ''
    child.stderr.on('data', (chunk) => {
      complaint += chunk
    })
    const [status] = await once(child, 'close')
    expect({ status, complaint }).toEqual({ status: 0, complaint: '' })
  })
})

it('sets an expression, and shows what it gives for whom', async () => {
  const cmdb = 'GitHub > Repository > CMDB'
  const text = "resource.name == 'web' ? 'Skip' : 'Enforce: Enabled'"
  const set = await run('policies', 'set', cmdb, text, '--expression', '--on', 'acme')
  expect(set.stdout).toContain(`Set on acme: ${cmdb} is expression ${text}.`)
  expect((await run('policies', 'get', cmdb, '--on', 'acme/web')).stdout).toMatch(/^Skip\n/)
  expect((await run('policies', 'unset', cmdb, '--on', 'acme')).status).toBe(0)
})

describe('a command used wrongly', () => {
  it.each<[string[], RegExp]>([
    [[], /^Usage: guardpost/],
    [['foo'], /unknown command 'foo'\n`guardpost --help` shows what it takes\.\n$/],
    [['resources', '--limit', 'x'], /'--limit <number>' argument 'x' is invalid\. It takes a whole number from 1\.\n/],
    [['resources', '--type', 'Repo'], /^There is no type “Repo”\. There are: GitHub > Organization,/],
    [['resources', 'show', 'acme/gone'], /^acme\/gone is not recorded\. `guardpost resources` shows what is\.\n$/],
    [['controls', 'show', 'x'], /It takes a whole number from 1\.\n`guardpost controls show --help` shows/],
    [['controls', 'show', '9999'], /^There is no control 9999\. `guardpost controls` lists them\.\n$/],
    [['controls', '--type', 'CMDB'], /^There is no control “CMDB”\. Did you mean “GitHub > Repository > CMDB”\?\n$/],
    [['controls', '--organization', 'other'], /^No organization other is connected\. Connected: acme\.\n$/],
    [['policies', 'set', eventHandlersPath, 'Enforce'], /required option '--on <place>' not specified\n/],
    [
      ['policies', 'set', eventHandlersPath, 'Enforce', '--on', 'acme'],
      /Did you mean “Enforce: Enabled”\? It takes: Skip/,
    ],
    [
      ['policies', 'set', eventHandlersPath, 'Skip', '--on', 'acme/web'],
      /has no effect on acme\/web, .*: set it above\./,
    ],
    [
      [
        'policies',
        'set',
        'GitHub > Repository > CMDB',
        "resource.isfork ? 'Skip' : 'Skip'",
        '--expression',
        '--on',
        'acme',
      ],
      /^Line 1, column 10: .* has no field `isfork`\. Did you mean `isFork`\?\nresource\.isfork .*\n {9}\^\n$/,
    ],
    [['policies', 'set', 'x', 'y', '--on', 'acme', '--expires', 'soon'], /It takes a time like 2027-01-31T00:00:00Z\./],
    [['policies', 'set', 'x', 'y', '--on', 'acme', '--expires', '2020-01-31'], /It is in the past\./],
    [['policies', 'get', 'Event Handlers', '--on', 'acme'], /Did you mean `GitHub > Organization > Event Handlers`\?/],
    [['connect', 'https://gitlab.com/acme', '--token-stdin'], /is no organization on https:\/\/github\.com: write/],
  ])('%j says what would be right, with status 2', async (args, message) => {
    const { status, stdout, stderr } = await inProcess(args, env)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(message)
  })
})
