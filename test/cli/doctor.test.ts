import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Guarded, guarded } from '../support/guarded.ts'
import { inProcess } from './in-process.ts'

let town: Guarded
beforeAll(async () => {
  town = await guarded({ flavour: 'ghes' })
  town.install()
  await town.settle()
})
afterAll(() => town.close())

const doctor = (...args: string[]) => {
  const { app, databaseFile, secretKey = '', apiUrl } = town.config
  return inProcess(['doctor', '--no-ping', ...args], {
    APP_ID: String(app?.id),
    PRIVATE_KEY: app?.privateKey ?? '',
    WEBHOOK_SECRET: app?.webhookSecret ?? '',
    GHE_HOST: new URL(apiUrl).host,
    GHE_PROTOCOL: 'http',
    DATABASE_URL: databaseFile,
    GUARDPOST_SECRET_KEY: secretKey,
    GUARDPOST_URL: 'http://127.0.0.1:9',
  })
}

describe('guardpost doctor', () => {
  it('says what is wrong with what to do, and ends with 1', async () => {
    const { status, stdout } = await doctor()
    expect(stdout).toContain('\nThis server\n')
    expect(stdout).toContain('  ✓ Integrity of the database: whole\n')
    expect(stdout).toContain(
      '  ✗ Address of this server: http://127.0.0.1:9 is of this machine only\n' +
        '      What to do (who runs this server): Set GUARDPOST_URL to the address that GitHub reaches',
    )
    expect(stdout).toContain('\nacme\n')
    expect(stdout).toContain('  ✗ Webhook URL of the App: https://guardpost.example/api/github/webhooks, but wanted is')
    expect(stdout).toContain('  ✓ Permission `organization_hooks`: write\n')
    expect(stdout).toMatch(/\n2 things are wrong\.\n$/)
    expect(status).toBe(1)
  })

  it('says the same as JSON', async () => {
    const { stdout, status } = await doctor('acme', '--json')
    expect(status).toBe(1)
    const [server, acme] = JSON.parse(stdout)
    expect(server).toMatchObject({ of: null, symptoms: expect.any(Array) })
    expect(acme.symptoms).toContainEqual({ about: 'Clock', found: 'agrees with GitHub’s', level: 'ok' })
  })

  it('knows no other organization', async () => {
    expect(await doctor('globex')).toMatchObject({
      status: 2,
      stderr: 'No organization globex is connected. Connected: acme.\n',
    })
  })
})
