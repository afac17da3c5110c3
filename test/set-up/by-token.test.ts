import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { guardpost } from '../cli/guardpost.ts'
import { ownPassword, signIn } from '../console/visit.ts'
import { type Newcomer, newcomer } from './newcomer.ts'

const guide = readFileSync(new URL('../../docs/getting-started.md', import.meta.url), 'utf8')

let me: Newcomer
beforeAll(async () => {
  me = await newcomer()
}, 60_000)
afterAll(() => me?.close())

it('goes from an empty folder to states by a token, as the guide has it', async () => {
  const { page, step, env, folder } = me
  const scopes = ['repo', 'admin:org', 'admin:org_hook']
  const token = me.sim.createToken({ user: me.org.owner, kind: 'classic', scopes }).value
  await step('Connect the organization', async () => {
    const options = { env, cwd: folder, input: token }
    const { status, stdout } = await guardpost(['connect', `${me.sim.htmlUrl}/acme`, '--token-stdin'], options)
    expect([status, stdout]).toEqual([0, expect.stringContaining('Connected acme.')])
  })
  let said = () => ''
  await step('Start it', async () => {
    said = me.start('start', '--smee', me.smee.newUrl).said
    await me.hears(said, /(Webhooks come by the proxy)/)
  })
  const password = await me.hears(said, /One-time password {2}(\S+)/)
  await step('Sign in', () => signIn(page, 'admin', password, ownPassword, me.address))
  await step('Have the webhook made', async () => {
    const path = 'GitHub > Organization > Event Handlers'
    const set = ['policies', 'set', path, 'Enforce: Enabled', '--on', 'acme']
    const { status, stderr } = await guardpost(set, { env, cwd: folder })
    expect([status, stderr]).toEqual([0, ''])
  })
  await page.goto(`${me.address}/controls?all`)
  await page.getByRole('table').getByText('acme/web').first().waitFor()
  await page.getByText('Event Handlers').first().waitFor()
  process.stderr.write(`From an empty folder by a token: ${me.steps.length} steps, ${me.seconds()} s\n`)

  for (const each of me.steps) expect(guide).toContain(`**${each}`)
  expect(me.faults).toEqual([])
  expect(me.sim.judged).toEqual([])
}, 60_000)
