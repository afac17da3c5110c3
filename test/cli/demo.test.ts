import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { compileCache, guardpost, program, startGuardpost } from './guardpost.ts'

jest.setTimeout(60_000)

/** Its TMPDIR, so that whatever a demo leaves lies in here; its name is in the command line of every process of it. */
let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'guardpost-demo-test-'))
  mkdirSync(join(home, 'tmp'))
})
afterEach(() => {
  // What a test that failed left behind.
  for (const line of processes()) process.kill(Number(line.trim().split(/\s+/)[0]), 'SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

const env = () => ({ TMPDIR: join(home, 'tmp') })
const files = () => readdirSync(join(home, 'tmp'))

/** Processes that name our folder, and those given that still run. */
function processes(...pids: readonly number[]): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,stat=,args=']).toString().trim().split('\n')
  return lines.filter((line) => {
    const [pid, state = ''] = line.trim().split(/\s+/)
    return !state.startsWith('Z') && (line.includes(home) || pids.includes(Number(pid)))
  })
}

/** Waits until it is so, or 15 s at most: then the test shows what is not. */
async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000
  while (!isSo() && performance.now() < deadline) await pause(20)
}

const isUp = () => files().some((folder) => existsSync(join(home, 'tmp', folder, 'guardpost.sqlite')))

describe('guardpost demo --once', () => {
  it('walks the guide, each step seeing what it should, and leaves nothing', async () => {
    const broken = { APP_ID: 'x', PORT: 'x', DATABASE_URL: 'x://', GUARDPOST_SECRET_KEY: 'x', GHE_HOST: 'https://x' }
    const ran = await guardpost(['demo', '--once', '--json'], { env: { ...env(), ...broken } })
    const steps = ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { step: number; ok: boolean; saw: string })
    expect(steps.map(({ step, ok }) => [step, ok])).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((step) => [step, true]))
    expect(ran.status).toBe(0)
    const [connected, error, issue, granted, missing, made, configured, created] = steps.map(({ saw }) => saw)
    const control = 'GitHub > Organization > Event Handlers is'
    expect(connected).toBe('Recorded: acme, acme/.github-private, acme/billing, acme/web.')
    expect(error).toBe(`${control} Error: The permission \`organization_hooks: write\` is not granted.`)
    expect(issue).toContain('Issue #1 (open) “GitHub > Organization > Event Handlers: Error”:\n')
    expect(issue).toContain('**What to do** (an owner of acme): Review the request of the App and accept')
    expect(granted).toContain(`${control} OK: Configured\n`)
    expect(granted).toMatch(/Issue #1 is closed: “The control is OK again\.”$/)
    expect(missing).toBe(`${control} Alarm: Organization webhook: missing.`)
    expect(made).toMatch(
      /^Webhook \d+ to https:\/\/guardpost\.example\/api\/github\/hooks\/\S+ for the events .*meta, /,
    )
    expect(made).toMatch(/\nIts ping \S+ was answered with 202\.$/)
    expect(configured).toContain('  Webhook secret: ours, proved by a ping\n')
    expect(configured).toContain(`${control} OK: Configured\n`)
    expect(created).toBe(
      'acme/payments is recorded, done by dana, known by event.\nGitHub > Repository > CMDB is OK: Recorded.',
    )
    expect({ files: files(), processes: processes() }).toEqual({ files: [], processes: [] })
  })
})

describe('guardpost demo', () => {
  it('tells people the same in numbered lines, then goes on with changes, and can be looked at from elsewhere', async () => {
    const child = startGuardpost(['demo'], { env: env() })
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
    })
    await until(() => said.includes('Guardpost: acme/service-1 is recorded (by kim, known by event)'))
    expect(said).toMatch(/\n1\. Connect: .*\n {3}✓ Recorded: /)
    expect(said).toMatch(/\n8\. dana creates .*\n {3}✓ acme\/payments is recorded/)
    const [, address = '', password = ''] =
      /(http:\/\/127\.0\.0\.1:\d+)\n {2}Name {6}demo\n {2}Password {2}(\S+)\n/.exec(said) ?? []
    expect((await fetch(address)).headers.get('content-type')).toMatch(/^text\/html/)
    const signIn = await fetch(`${address}/api/v1/session`, {
      method: 'POST',
      headers: { origin: address, 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'demo', password }),
    })
    expect(await signIn.json()).toMatchObject({
      person: { login: 'demo', mustChangePassword: false },
      holdings: [{ role: 'Owner', at: null }],
    })
    expect(await (await fetch(`${address}/api/v1/sign-in`)).json()).toMatchObject({ github: '/sign-in/github' })
    const pages = [...said.matchAll(/\n {3}→ (\S+)/g)].map(([, page = '']) => page.replace(address, ''))
    const control = expect.stringMatching(/^\/controls\/\d+$/)
    expect(pages).toEqual([
      '/resources',
      ...[control, control, control],
      '/policies/type?path=GitHub+%3E+Organization+%3E+Event+Handlers+%3E+Source',
      ...[control, control, expect.stringMatching(/^\/resources\/\d+$/)],
    ])
    expect(said).toMatch(/Z {1,2}on GitHub: kim created acme\/service-1\n/)
    const named = Object.fromEntries(
      [...said.matchAll(/\b(DATABASE_URL|GUARDPOST_SECRET_KEY_FILE)=(\S+)/g)].map(([, name, value]) => [name, value]),
    )
    const listed = await guardpost(['controls', '--json', '--limit', '1'], { env: named })
    expect([listed.status, listed.stderr]).toEqual([0, ''])
    expect(JSON.parse(listed.stdout)).toHaveLength(1)
    const [folder = ''] = files()
    expect(statSync(join(home, 'tmp', folder)).mode & 0o777).toBe(0o700)
    child.kill('SIGINT')
    expect(await once(child, 'close')).toEqual([0, null])
    expect({ files: files(), processes: processes() }).toEqual({ files: [], processes: [] })
  })

  it.each([
    ['SIGTERM', 'by an orderly end', 1],
    ['SIGKILL', 'outright', null],
  ] as const)('ended by %s halfway (%s) leaves no process and no file', async (signal, _, status) => {
    const child = startGuardpost(['demo', '--once'], { env: env() })
    await until(isUp)
    expect(isUp()).toBe(true)
    expect(processes()).not.toEqual([])
    const ended = once(child, 'close')
    child.kill(signal)
    expect((await ended)[0]).toBe(status)
    await until(() => files().length === 0 && processes().length === 0)
    expect({ files: files(), processes: processes(child.pid ?? 0) }).toEqual({ files: [], processes: [] })
  })

  it('ends when npm above it, or the shell between, is killed outright', async () => {
    for (const victim of ['npm', 'shell'] as const) {
      // What npm does: a shell runs the script, and stays. `wait` keeps that shell from becoming the program itself.
      const shell = `"${process.execPath}" "${program}" demo & echo $$ $!; wait`
      const wrapper = `const { spawn } = require('node:child_process')
        spawn('sh', ['-c', process.argv[1]], { stdio: 'inherit' }).on('close', () => {})`
      const npm = spawn(process.execPath, ['-e', wrapper, shell], {
        env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache, ...env(), npm_lifecycle_event: 'demo' },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      let said = ''
      npm.stdout.on('data', (chunk) => {
        said += chunk
      })
      await until(isUp)
      expect(isUp()).toBe(true)
      const [shellPid = 0, demoPid = 0] = (said.split('\n')[0] ?? '').split(' ').map(Number)
      process.kill(victim === 'npm' ? (npm.pid ?? 0) : shellPid, 'SIGKILL')
      await until(() => files().length === 0 && processes(demoPid).length === 0)
      expect({ victim, files: files(), processes: processes(demoPid) }).toEqual({ victim, files: [], processes: [] })
    }
  })
})
