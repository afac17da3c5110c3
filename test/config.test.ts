import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { completed, readConfig, WrongConfiguration } from '../src/config.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const app = { APP_ID: '12', PRIVATE_KEY: pem, WEBHOOK_SECRET: 'a secret' }

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardpost-'))
  writeFileSync(join(folder, 'app.pem'), pem)
  writeFileSync(join(folder, 'not-a-key'), 'hello')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('readConfig', () => {
  it('needs nothing: there is a default for everything but an App', () => {
    expect(readConfig({})).toEqual({
      app: null,
      token: null,
      signIn: null,
      apiUrl: 'https://api.github.com',
      host: '127.0.0.1',
      port: 3000,
      url: 'http://127.0.0.1:3000',
      webhookProxyUrl: null,
      databaseFile: 'data/guardpost.sqlite',
      secretKey: undefined,
      secretKeyFile: 'keys/guardpost.key',
      logLevel: 'info',
      metricsToken: null,
      maxQueuedJobs: 1_000_000,
      keep: { deliveries: 2_592_000_000, runs: 7_776_000_000, versions: null, activities: null },
    })
  })

  it('takes an empty variable, as .env files have them, for one that is not set', () => {
    expect(readConfig({ APP_ID: '', PORT: ' ', GHE_HOST: '', LOG_LEVEL: '' })).toEqual(readConfig({}))
  })

  it('reads everything that can be said', () => {
    const said = {
      ...app,
      GITHUB_CLIENT_ID: 'Iv23li',
      GITHUB_CLIENT_SECRET: 'another secret',
      GHE_HOST: 'github.example.com:8443',
      GHE_PROTOCOL: 'http',
      HOST: '0.0.0.0',
      PORT: '8080',
      LOG_LEVEL: 'debug',
      GUARDPOST_METRICS_TOKEN: 'a token',
      GUARDPOST_MAX_QUEUED_JOBS: '5',
      GUARDPOST_KEEP_DELIVERIES: '7',
      GUARDPOST_KEEP_RUNS: '0',
      GUARDPOST_KEEP_VERSIONS: '365',
      GUARDPOST_KEEP_ACTIVITIES: '1',
      DATABASE_URL: 'file:///var/lib/a%20b.sqlite',
      GUARDPOST_URL: 'https://guardpost.example.com/',
      GUARDPOST_SECRET_KEY: 'ab',
      GUARDPOST_SECRET_KEY_FILE: '/etc/guardpost.key',
      WEBHOOK_PROXY_URL: 'https://smee.io/abc',
    }
    expect(readConfig(said)).toEqual({
      app: { id: 12, privateKey: pem.trim(), webhookSecret: 'a secret' },
      token: null,
      signIn: { clientId: 'Iv23li', clientSecret: 'another secret' },
      apiUrl: 'http://github.example.com:8443/api/v3',
      host: '0.0.0.0',
      port: 8080,
      url: 'https://guardpost.example.com',
      webhookProxyUrl: 'https://smee.io/abc',
      databaseFile: '/var/lib/a b.sqlite',
      secretKey: 'ab',
      secretKeyFile: '/etc/guardpost.key',
      logLevel: 'debug',
      metricsToken: 'a token',
      maxQueuedJobs: 5,
      keep: { deliveries: 604_800_000, runs: null, versions: 31_536_000_000, activities: 86_400_000 },
    })
  })

  it.each([
    ['as it is', { PRIVATE_KEY: pem }],
    ['with its line breaks written out', { PRIVATE_KEY: pem.replaceAll('\n', '\\n') }],
    ['in base64', { PRIVATE_KEY: Buffer.from(pem).toString('base64') }],
  ])('takes the private key %s', (_, key) => {
    expect(readConfig({ ...app, ...key }).app?.privateKey.trim()).toBe(pem.trim())
  })

  it('takes the private key from a file', () => {
    const { APP_ID, WEBHOOK_SECRET } = app
    expect(readConfig({ APP_ID, WEBHOOK_SECRET, PRIVATE_KEY_PATH: join(folder, 'app.pem') }).app?.privateKey).toBe(pem)
  })

  it.each([
    ['data/x.sqlite', 'data/x.sqlite'],
    ['file:data/x.sqlite', 'data/x.sqlite'],
    ['file:/srv/x.sqlite', '/srv/x.sqlite'],
    ['file:///srv/x.sqlite', '/srv/x.sqlite'],
    [':memory:', ':memory:'],
  ])('reads DATABASE_URL %s', (url, file) => {
    expect(readConfig({ DATABASE_URL: url }).databaseFile).toBe(file)
  })

  it.each<[string, Record<string, string>, string | RegExp]>([
    ['an App id that is no number', { ...app, APP_ID: 'x' }, 'APP_ID is a number: see the App’s settings page.'],
    ['an App id of 0', { ...app, APP_ID: '0' }, 'APP_ID is a number: see the App’s settings page.'],
    ['days that are none', { GUARDPOST_KEEP_RUNS: '-1' }, 'GUARDPOST_KEEP_RUNS is a number of days, or 0 for ever.'],
    ['a key without an App', { PRIVATE_KEY: pem }, 'APP_ID is missing: the App’s settings page shows it.'],
    ['a secret without an App', { WEBHOOK_SECRET: 'x' }, 'APP_ID is missing: the App’s settings page shows it.'],
    [
      'a client id without its secret',
      { GITHUB_CLIENT_ID: 'x' },
      'GITHUB_CLIENT_SECRET is missing: both or none. The App’s settings page has them.',
    ],
    ['an App without a secret', { APP_ID: '1', PRIVATE_KEY: pem }, /^WEBHOOK_SECRET is missing.*openssl rand -hex 32/],
    ['the well-known secret', { ...app, WEBHOOK_SECRET: 'development' }, /^WEBHOOK_SECRET.*anybody could sign events/],
    ['an App without a key', { APP_ID: '1', WEBHOOK_SECRET: 'x' }, /^PRIVATE_KEY or PRIVATE_KEY_PATH is missing/],
    ['an App alone', { APP_ID: '1' }, /^PRIVATE_KEY or .*\nWEBHOOK_SECRET is missing/],
    ['a key that is none', { ...app, PRIVATE_KEY: 'hello' }, 'PRIVATE_KEY holds no PEM key (“-----BEGIN …”).'],
    [
      'a key that was cut off',
      { ...app, PRIVATE_KEY: `${pem.slice(0, 400)}\n-----END RSA PRIVATE KEY-----` },
      /^PRIVATE_KEY holds a key that cannot be read.*Generate another one on the App’s settings page\.$/,
    ],
    ['a port that is no number', { PORT: 'http' }, 'PORT is a number from 0 to 65535.'],
    ['a port beyond all', { PORT: '65536' }, 'PORT is a number from 0 to 65535.'],
    ['a port below all', { PORT: '-1' }, 'PORT is a number from 0 to 65535.'],
    ['half a port', { PORT: '80.5' }, 'PORT is a number from 0 to 65535.'],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL is one of trace, debug,/],
    ['a server with a scheme', { GHE_HOST: 'https://ghe.example' }, /^GHE_HOST is a host name, without https:/],
    ['github.com as a server', { GHE_HOST: 'github.com' }, /^GHE_HOST .* leave it out for github.com\.$/],
    ['a server not supported', { GHE_HOST: 'acme.ghe.com' }, /^GHE_HOST .* not supported yet\.$/],
    ['another protocol', { GHE_HOST: 'ghe.example', GHE_PROTOCOL: 'ftp' }, 'GHE_PROTOCOL is http or https.'],
    ['an address that is none', { GUARDPOST_URL: 'guardpost' }, /^GUARDPOST_URL is a URL, e\.g\. https:/],
    ['an address of another kind', { GUARDPOST_URL: 'ftp://x' }, /^GUARDPOST_URL is a URL, e\.g\. https:/],
    ['a proxy that is none', { WEBHOOK_PROXY_URL: 'smee' }, /^WEBHOOK_PROXY_URL is a URL/],
    ['another database', { DATABASE_URL: 'postgres://localhost/x' }, /^DATABASE_URL .* not supported yet/],
    ['a file of another machine', { DATABASE_URL: 'file://host/x' }, /^DATABASE_URL: file:\/\/host\/x names no file/],
    ['two faults', { PORT: 'x', LOG_LEVEL: 'y' }, /^PORT is .*\nLOG_LEVEL is /],
  ])('refuses %s', (_, env, message) => {
    expect(() => readConfig(env)).toThrow(WrongConfiguration)
    expect(() => readConfig(env)).toThrow(message)
  })

  it('refuses key files that are not there, and that hold no key', () => {
    const { APP_ID, WEBHOOK_SECRET } = app
    const withFile = (name: string) => () =>
      readConfig({ APP_ID, WEBHOOK_SECRET, PRIVATE_KEY_PATH: join(folder, name) })
    expect(withFile('nothing')).toThrow(
      /^PRIVATE_KEY_PATH: .*nothing cannot be read \(ENOENT\)\. Give the path of the App/,
    )
    expect(withFile('not-a-key')).toThrow('PRIVATE_KEY_PATH holds no PEM key (“-----BEGIN …”).')
  })
})

describe('what set-up keeps', () => {
  const kept = {
    id: 7,
    name: 'Guard',
    htmlUrl: 'https://ghe.example/github-apps/guard',
    apiUrl: 'https://ghe.example/api/v3',
    privateKey: pem,
    webhookSecret: 'kept',
    clientId: 'Iv1',
    clientSecret: 'kept as well',
  }
  const all = { app: kept, webhookProxyUrl: 'https://smee.example/kept' }

  it('is taken where the environment says nothing', () => {
    expect(completed(readConfig({}), all)).toMatchObject({
      app: { id: 7, privateKey: pem, webhookSecret: 'kept' },
      signIn: { clientId: 'Iv1', clientSecret: 'kept as well' },
      apiUrl: 'https://ghe.example/api/v3',
      webhookProxyUrl: 'https://smee.example/kept',
    })
    const none = { app: null, webhookProxyUrl: null }
    expect(completed(readConfig({}), none)).toEqual(readConfig({}))
  })

  it('comes after the environment, of which the App is taken whole', () => {
    const said = { ...app, WEBHOOK_PROXY_URL: 'https://smee.example/said' }
    expect(completed(readConfig(said), all)).toEqual(readConfig(said))
  })

  it('is of no use at another GitHub, and that is said', () => {
    expect(completed(readConfig({ GHE_HOST: 'ghe.example' }), all).app?.id).toBe(7)
    const elsewhere = () => completed(readConfig({ GHE_HOST: 'another.example' }), all)
    expect(elsewhere).toThrow(
      /^The App that was set up is on ghe\.example, and GHE_HOST names another GitHub\. Leave GHE_HOST/,
    )
  })
})
