import { afterEach, describe, expect, it } from '@jest/globals'
import { type Acme, startAcme } from './acme.ts'
import { jwtOf } from './ask.ts'

const start = Date.parse('2026-01-10T12:00:00Z')
const seconds = start / 1000

describe('who asks', () => {
  let acme: Acme
  afterEach(() => acme.close())

  it('is not known by the App’s old key once there is a new one', async () => {
    acme = await startAcme()
    const old = jwtOf(acme.app)
    const token = await acme.asInstallation()
    expect((await acme.as(`Bearer ${old}`)('GET', '/app')).status).toBe(200)
    acme.app.rotateKey()
    expect(await acme.as(`Bearer ${old}`)('GET', '/app')).toMatchObject({
      status: 401,
      body: { message: 'A JSON web token could not be decoded' },
    })
    expect((await acme.asApp('GET', '/app')).status).toBe(200)
    expect((await token('GET', '/orgs/acme')).status).toBe(200)
  })

  it('is told GitHub’s time, by which its JWT is judged', async () => {
    acme = await startAcme({ clock: () => start })
    const ask = () => acme.as(`Bearer ${jwtOf(acme.app, { iat: seconds, exp: seconds + 600 })}`)('GET', '/app')
    const right = await ask()
    expect([right.status, right.headers.get('date')]).toEqual([200, 'Sat, 10 Jan 2026 12:00:00 GMT'])
    acme.sim.skewClock(-90_000)
    const behind = await ask()
    expect([behind.status, behind.headers.get('date')]).toEqual([401, 'Sat, 10 Jan 2026 11:58:30 GMT'])
    expect(behind.body.message).toMatch(/^'Issued at' claim \('iat'\)/)
    acme.sim.skewClock(601_000)
    expect((await ask()).body.message).toMatch(/^'Expiration time' claim \('exp'\) must be a numeric value/)
    acme.sim.skewClock(0)
    expect((await ask()).status).toBe(200)
  })

  it('has a classic token that may expire, and is told when', async () => {
    let now = start
    acme = await startAcme({ clock: () => now })
    const { value } = acme.sim.createToken({ user: 'olga', kind: 'classic', scopes: [], expiresAt: start + 1000 })
    const ask = acme.as(`token ${value}`)
    expect((await ask('GET', '/user')).headers.get('github-authentication-token-expiration')).toBe(
      '2026-01-10 12:00:01 UTC',
    )
    now += 1000
    expect((await ask('GET', '/user')).body.message).toBe('Bad credentials')
  })

  it('gets no rulesets where the plan has none', async () => {
    acme = await startAcme({ permissions: { organization_administration: 'write' } })
    const ask = await acme.asInstallation()
    expect(await ask('GET', '/orgs/acme/rulesets')).toMatchObject({ status: 200, body: [] })
    acme.org.plan = 'free'
    expect(await ask('GET', '/orgs/acme/rulesets')).toMatchObject({
      status: 403,
      body: { message: 'Upgrade to GitHub Team to enable this feature.' },
    })
  })
})
