import { afterAll, beforeAll, expect, it, jest } from '@jest/globals'
import { changesPerHour, firstPlan } from '../../src/policies/enforcement.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { inProcess } from './in-process.ts'

jest.setTimeout(30_000)

const path = 'GitHub > Organization > Blocked Users'

let town: Guarded
let env: Record<string, string>
const run = async (...args: string[]) => {
  const ran = await inProcess(['enforcement', ...args], env)
  await town.settle()
  return ran
}
const blocked = () => [...town.org.blockedUsers].map(({ login }) => login).toSorted()
const name = async (...usernames: string[]) => {
  await town.set(`${path} > Usernames`, usernames)
  await town.settle()
}

beforeAll(async () => {
  town = await guarded({ flavour: 'ghes' })
  town.app.request({ ...town.app.permissions, organization_user_blocking: 'write' })
  town.install()
  await town.settle()
  env = { DATABASE_URL: `file:${town.config.databaseFile}`, GUARDPOST_SECRET_KEY: town.config.secretKey ?? '' }
  await town.set(firstPlan.path, 'Confirm')
  await town.set(path, 'Enforce: Block Users')
  await name('mallory')
})
afterAll(() => town.close())

it('shows what waits, and confirms the plan that was seen and no other', async () => {
  expect((await run()).stdout).toMatch(
    /^acme: enforcement goes on; 0 changes within the hour, 0 controls to come\.\n {2}.+Blocked Users, as set at .+: 1 waits for the first plan to be confirmed \(`guardpost enforcement plan --on acme`\)\.\n$/,
  )
  const { stdout } = await run('plan', '--on', 'acme')
  expect(stdout).toContain('User mallory: not blocked → blocked')
  const [, digest = ''] = /This is plan (\w+)/.exec(stdout) ?? []
  expect(await run('confirm', '--on', 'acme')).toMatchObject({ status: 2, stderr: expect.stringContaining('--plan') })
  expect(await run('confirm', '--on', 'acme', '--plan', 'another')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('The plan has changed since'),
  })
  expect(blocked()).toEqual([])
  expect(await run('confirm', '--on', 'acme', '--plan', digest, '--json')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('"confirmed": 1'),
  })
  expect(blocked()).toEqual(['mallory'])
  expect(await run('confirm', '--on', 'acme', '--plan', digest)).toMatchObject({ status: 2 })
  expect(JSON.parse((await run('list', '--json')).stdout)).toMatchObject([
    { connection: { login: 'acme' }, stopped: null, held: [], made: [{ count: 1 }], madeWithinHour: 1 },
  ])
})

it('stops it all and lets it go on', async () => {
  expect(await run('stop', '--on', 'acme', '--note', 'an audit')).toMatchObject({ status: 0 })
  expect((await run('stop')).stdout).toContain('Stopped: nothing is changed on GitHub for all organizations.')
  expect((await run('stop')).stdout).toContain('It was so already')
  await name('mallory', 'eve')
  expect((await run()).stdout).toMatch(/^acme: stopped with all others by /)
  expect((await run('waiting')).stdout).toContain('User eve: not blocked → blocked')
  expect((await run('resume', '--on', 'acme')).stdout).toContain('But all enforcement is stopped still')
  expect(blocked()).toEqual(['mallory'])
  expect(await run('resume', '--json')).toMatchObject({ status: 0, stdout: expect.stringContaining('"changed": true') })
  expect(blocked()).toEqual(['eve', 'mallory'])
})

it('lets through what a cap holds', async () => {
  await town.set(changesPerHour.path, '1')
  await name('mallory', 'eve', 'sybil')
  expect((await run()).stdout).toMatch(/1 waits for the hour to have room .*, the first until \d{4}-/)
  expect(await run('release', '--on', 'acme', '--policy', 'GitHub > Organization > Blocked')).toMatchObject({
    status: 2,
  })
  expect(await run('release', '--on', 'acme', '--policy', path)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Released: 1'),
  })
  expect(blocked()).toEqual(['eve', 'mallory', 'sybil'])
  expect(await run('release', '--on', 'acme')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Nothing waits for a cap there.'),
  })
})
