import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { guarded } from '../support/guarded.ts'
import { startGuardpost } from './guardpost.ts'
import { inProcess } from './in-process.ts'

jest.setTimeout(30_000)

const folder = mkdtempSync(join(tmpdir(), 'guardpost-people-'))
const env = {
  DATABASE_URL: `file:${join(folder, 'x.sqlite')}`,
  GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
  PORT: '0',
  GUARDPOST_URL: 'https://guardpost.example',
}
const password = /\b(?:[a-z2-9]{4}-){4}[a-z2-9]{4}\b/

describe('the first start', () => {
  it('prints a one-time password once, as plain text, and the log never has it', async () => {
    const town = await guarded({ flavour: 'ghes' })
    const { app } = town.config
    const known = { APP_ID: String(app?.id), PRIVATE_KEY: app?.privateKey ?? '', WEBHOOK_SECRET: 'x' }
    const [first, second] = [await started({ ...env, ...known }), await started({ ...env, ...known })]
    await town.close()
    const plain = first.filter((line) => !line.startsWith('{')).join('\n')
    expect(plain).toMatch(/Address +https:\/\/guardpost\.example\n +Name +admin\n +One-time password +\S+\n/)
    const [said = ''] = password.exec(plain) ?? []
    expect(said).not.toBe('')
    const log = first.filter((line) => line.startsWith('{')).join('\n')
    expect(log).toContain('Made the first administrator')
    expect(log).not.toContain(said)
    expect(second.every((line) => line.startsWith('{'))).toBe(true)
  })
})

/** What a start says until it listens. */
async function started(env: Readonly<Record<string, string>>): Promise<string[]> {
  const child = startGuardpost(['start'], { env: { ...env, GHE_HOST: '127.0.0.1:9', GHE_PROTOCOL: 'http' } })
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (line.includes('Listening on')) break
  }
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  return lines
}

describe('guardpost people', () => {
  const run = (...args: string[]) => inProcess(args, env)
  beforeAll(async () => {
    expect((await run('people')).status).toBe(0)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('lists who may sign in', async () => {
    const { stdout } = await run('people')
    expect(stdout).toMatch(/^NAME +SIGNS IN BY +LAST SEEN +GRANTED\nadmin +password +never +Owner everywhere\n$/)
  })

  it('adds people, each name once', async () => {
    expect((await run('people', 'add', 'mona', '--role', 'Operator')).stdout).toMatch(password)
    const { status, stderr } = await run('people', 'add', 'Mona')
    expect([status, stderr]).toEqual([2, 'There is a person called Mona already. `guardpost people` lists them.\n'])
    const added = await run('people', 'add', 'mona', '--github', '--json')
    expect(JSON.parse(added.stdout)).toEqual({ login: 'mona', oneTimePassword: null })
    const listed = JSON.parse((await run('people', '--json')).stdout)
    expect(listed).toMatchObject([
      { login: 'admin' },
      { login: 'mona', kind: 'local', mustChangePassword: true, grants: [{ role: 'Operator', at: 'everywhere' }] },
      { login: 'mona', kind: 'github', mustChangePassword: false, grants: [] },
    ])
    expect(JSON.stringify(listed)).not.toContain('argon2')
  })

  it('gives who lost the password a new one', async () => {
    const { status, stdout } = await run('people', 'reset-password', 'admin', '--json')
    expect([status, JSON.parse(stdout)]).toEqual([
      0,
      { login: 'admin', oneTimePassword: expect.stringMatching(password) },
    ])
    const unknown = await run('people', 'reset-password', 'nobody')
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      'No nobody signs in with a password. `guardpost people` lists who does, `add` adds.\n',
    ])
  })
})
