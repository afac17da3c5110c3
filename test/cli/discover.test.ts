import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Guarded, guarded } from '../support/guarded.ts'
import { inProcess } from './in-process.ts'

let town: Guarded
let env: Record<string, string>
beforeAll(async () => {
  town = await guarded({ flavour: 'ghes' })
  town.org.createTeam({ name: 'Web' })
  town.install()
  await town.settle()
  const { databaseFile, secretKey, apiUrl } = town.config
  env = {
    DATABASE_URL: `file:${databaseFile}`,
    GUARDPOST_SECRET_KEY: secretKey ?? '',
    GHE_HOST: new URL(apiUrl).host,
    GHE_PROTOCOL: 'http',
  }
})
afterAll(() => town.close())

it('discover has everything read anew, and says what was seen and what is not known', async () => {
  const before = town.sim.requests.length
  // So slow that every pass is seen before it ends.
  const slow = town.sim.faults.api({ fault: { kind: 'slow', ms: 400 }, when: ({ path }) => path === '/graphql' })
  const { stdout, status } = await inProcess(['discover', 'acme'], env)
  slow.off()
  expect(town.sim.requests.length).toBeGreaterThan(before)
  expect(stdout.match(/^acme: Team /gm)).toHaveLength(1)
  expect(stdout).toMatch(/^acme: Team 1 of 1, \d+\/s, 1 requests$/m)
  expect(stdout).toMatch(
    /^acme: Organization Ruleset is not known: .*`organization_administration: write` is not granted\.$/m,
  )
  expect(stdout).toMatch(/^GitHub > Team +1 +1$/m)
  expect(status).toBe(0)
})

it('discover --json gives the passes alone', async () => {
  const passes = JSON.parse((await inProcess(['discover', '--json'], env)).stdout) as { type: string }[]
  expect(passes.find(({ type }) => type === 'GitHub > Member')).toMatchObject({ count: 1, total: 1, refusal: null })
})

it('discover knows no other organization', async () => {
  expect(await inProcess(['discover', 'nowhere'], env)).toMatchObject({ status: 2 })
})
