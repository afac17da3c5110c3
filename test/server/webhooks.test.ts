import { createHmac, randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import type { Store } from '../../src/model/store.ts'
import { type Guarded, guarded, webhookSecret } from '../support/guarded.ts'
import { appPath, conversation, headersOf, post, signature } from './requests.ts'

const hookSecret = 'the secret of the organization webhook'
const hookPath = '/api/github/hooks/ours'
const megabyte = 1024 * 1024

describe('the webhook endpoints', () => {
  let town: Guarded
  let store: Store
  let database: BetterSqlite3.Database
  let body: string

  beforeAll(async () => {
    town = await guarded({ flavour: 'ghes' })
    const installation = town.install()
    await town.settle()
    store = town.guardpost.means.store
    const [connection] = await store.connections.list()
    await store.hooks.make({ id: 'ours', connectionId: connection?.id ?? 0, secret: hookSecret, createdAt: 1 })
    database = new BetterSqlite3(town.config.databaseFile, { timeout: 5_000 })
    // An event that no resource knows: it is kept and worked off, and asks nothing of GitHub.
    body = JSON.stringify({
      action: 'created',
      organization: { id: town.org.id, login: 'acme' },
      installation: { id: installation.id },
      sender: { login: 'olga' },
    })
  })
  afterAll(async () => {
    database?.close()
    await town?.close()
  })

  const deliver = (guid: string, more: Record<string, string> = {}, sent: string | Buffer = body) =>
    post(town.address, appPath, sent, { ...headersOf(webhookSecret, 'star', guid, sent), ...more })
  const deliverToHook = (guid: string, sent = body, secret = hookSecret, path = hookPath) =>
    post(town.address, path, sent, headersOf(secret, 'star', guid, sent))
  const rows = (guid: string) =>
    database.prepare('select hook_id, status, error, connection_id from deliveries where guid = ?').all(guid)
  const projecting = () => database.prepare("select state, error from jobs where kind = 'project'").all()
  const count = (): unknown => database.prepare('select count(*) from deliveries').pluck().get()

  it('keep a signed delivery and answer 202; the same again is answered 200 and not kept', async () => {
    const guid = randomUUID()
    expect(await deliver(guid)).toMatchObject({ status: 202, body: 'Kept.\n' })
    await town.settle()
    expect(rows(guid)).toEqual([{ hook_id: 'app', status: 'processed', error: null, connection_id: 1 }])
    const before = count()
    expect(await deliver(guid)).toMatchObject({ status: 200 })
    expect(projecting()).toEqual([])
    expect(count()).toBe(before)
  })

  it('keep the same event that comes by another webhook, and fold it', async () => {
    const guid = randomUUID()
    expect(await deliver(guid)).toMatchObject({ status: 202 })
    await town.settle()
    expect(await deliverToHook(guid, body)).toMatchObject({ status: 202 })
    await town.settle()
    expect(rows(guid)).toEqual([
      { hook_id: 'app', status: 'processed', error: null, connection_id: 1 },
      { hook_id: 'ours', status: 'folded', error: null, connection_id: 1 },
    ])
    expect(await store.deliveries.has('ours', guid)).toBe(true)
  })

  it('keep one of twenty that come at once under one GUID', async () => {
    const guid = randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(guid)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(19).fill(200), 202])
    await town.settle()
    expect(rows(guid)).toHaveLength(1)
  })

  it('answer whoever cannot sign the very same, whatever is wrong, and keep nothing', async () => {
    const before = count()
    const guid = randomUUID()
    const right = headersOf(webhookSecret, 'star', guid, body)
    const { 'x-hub-signature-256': digest, ...unsigned } = right
    const sha1 = `sha1=${createHmac('sha1', webhookSecret).update(body).digest('hex')}`
    const answers = await Promise.all([
      post(town.address, appPath, body, unsigned),
      post(town.address, appPath, body, { ...unsigned, 'x-hub-signature': sha1 }),
      post(town.address, appPath, body, { ...unsigned, 'x-hub-signature-256': sha1 }),
      post(town.address, appPath, body, { ...right, 'x-hub-signature-256': signature('another secret', body) }),
      post(town.address, appPath, body, { ...right, 'x-hub-signature-256': signature('', body) }),
      post(town.address, appPath, body, { ...right, 'x-hub-signature-256': digest.toUpperCase() }),
      post(town.address, appPath, body, { ...right, 'x-hub-signature-256': digest.slice(0, -1) }),
      post(town.address, appPath, body, { ...right, 'x-hub-signature-256': digest.replace('sha256=', '') }),
      post(town.address, appPath, body, { ...right, 'x-hub-signature-256': '' }),
      post(town.address, appPath, `${body} `, right),
      post(town.address, appPath, 'no JSON', headersOf('another secret', 'star', guid, 'no JSON')),
      post(town.address, appPath, '', headersOf('another secret', 'star', guid, '')),
      deliverToHook(guid, body, webhookSecret),
      deliverToHook(guid, body, ''),
      deliverToHook(guid, body, hookSecret, '/api/github/hooks/nobodys'),
      deliverToHook(guid, body, '', '/api/github/hooks/nobodys'),
      deliverToHook(guid, body, webhookSecret, '/api/github/hooks/nobodys'),
      post(town.address, appPath, body, headersOf(hookSecret, 'star', guid, body)),
    ])
    const [first] = answers
    expect(first).toEqual({
      status: 401,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'content-length': '28',
        connection: 'close',
      },
      body: 'The signature does not fit.\n',
    })
    expect(answers).toEqual(Array(answers.length).fill(first))
    expect(count()).toBe(before)
  })

  it('say what is wrong with a request that cannot be a delivery', async () => {
    const before = count()
    const right = headersOf(webhookSecret, 'star', randomUUID(), body)
    const ask = async (headers: Record<string, string>, sent = body, method = 'POST', path = appPath) =>
      (await post(town.address, path, sent, headers, method)).status
    const { 'content-type': _, ...untyped } = right
    const form = 'application/x-www-form-urlencoded'
    expect(await ask({ ...right, 'content-type': form })).toBe(415)
    expect(await ask({ ...right, 'content-type': 'application/jsonx' })).toBe(415)
    expect(await ask(untyped)).toBe(415)
    expect(await ask({ ...right, 'content-type': form }, body, 'POST', hookPath)).toBe(415)
    expect(await ask({}, '', 'GET')).toBe(405)
    expect(await ask(right, body, 'PUT')).toBe(405)
    expect(await ask({}, '', 'GET', hookPath)).toBe(405)
    for (const sent of ['[]', '', '"{}"', ' {}', '\ufeff{}', 'payload=%7B%7D'])
      expect(await ask(headersOf(webhookSecret, 'star', randomUUID(), sent), sent)).toBe(400)
    const { 'x-github-delivery': __, ...nameless } = right
    const { 'x-github-event': ___, ...eventless } = right
    expect(await ask(nameless)).toBe(400)
    expect(await ask(eventless)).toBe(400)
    expect(await ask({ ...right, 'x-github-delivery': '../../etc' })).toBe(400)
    expect(await ask({ ...right, 'x-github-event': 'Constructor!' })).toBe(400)
    expect(await ask({ ...right, 'content-type': 'Application/JSON; charset=utf-8' })).toBe(202)
    expect(await ask(right, body, 'POST', '/api/github/hooks/app')).toBe(404)
    expect(await ask(right, body, 'POST', `${appPath}/`)).toBe(404)
    await town.settle()
    expect(count()).toBe(Number(before) + 1)
  })

  it.each([
    ['not JSON', 'star', '{"action":', /JSON/],
    ['not in UTF-8', 'star', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), /JSON/],
    ['of another shape', 'star', '{"installation":"none"}', /installation/],
    ['nested without end', 'star', `{"a":${'['.repeat(100_000)}`, /JSON/],
  ])('keep and park what is signed but %s', async (_what, event, sent, reason) => {
    const guid = randomUUID()
    const answer = await post(town.address, appPath, sent, headersOf(webhookSecret, event, guid, sent))
    expect(answer.status).toBe(202)
    await town.settle()
    expect(rows(guid)).toEqual([expect.objectContaining({ status: 'parked', error: expect.stringMatching(reason) })])
    expect(projecting()).toEqual([])
  })

  it.each([
    ['without a repository', undefined],
    ['whose repository has no time', { created_at: 'yesterday' }],
    ['whose repository has a number for a name', { name: 7 }],
  ])('park a repository event %s, and write nothing of it', async (_what, said) => {
    const guid = randomUUID()
    const repository = said && {
      id: 77,
      node_id: 'R_77',
      name: 'web',
      full_name: 'acme/web',
      html_url: 'https://github.com/acme/web',
      description: null,
      private: true,
      fork: false,
      created_at: '2026-01-10T12:00:00Z',
      updated_at: '2026-01-10T12:00:00Z',
      ...said,
    }
    const sent = JSON.stringify({ ...JSON.parse(body), repository })
    await post(town.address, appPath, sent, headersOf(webhookSecret, 'repository', guid, sent))
    await town.settle()
    expect(rows(guid)).toEqual([expect.objectContaining({ status: 'parked', connection_id: null })])
    expect(await store.resources.byNodeId(1, 'GitHub > Repository', 'R_77')).toBeNull()
    expect(projecting()).toEqual([])
  })

  it('refuse 26 MB before they are sent, and end the connection', async () => {
    const heard = await conversation(
      town.address,
      `POST ${appPath} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${26 * megabyte}\r\n\r\n`,
    )
    expect(heard).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i)
  })

  it('take 25 MB', async () => {
    const large = Buffer.alloc(25 * megabyte, ' ')
    large.write(`{"installation":{"id":${town.app.id}},"fill":"`)
    large.write('"}', large.length - 2)
    const guid = randomUUID()
    const answer = await deliver(guid, {}, large)
    expect(answer.status).toBe(202)
    await town.settle()
    expect(rows(guid)).toEqual([expect.objectContaining({ status: 'processed' })])
  })

  it('answer 503 while the store cannot write, and go on afterwards', async () => {
    const guid = randomUUID()
    for (const [fail, mend] of [
      [`create trigger full before insert on arrivals begin select raise(abort, 'full'); end`, 'drop trigger full'],
      ['alter table bundles rename to lost', 'alter table lost rename to bundles'],
    ] as const) {
      database.exec(fail)
      expect(await deliver(guid)).toMatchObject({ status: 503 })
      database.exec(mend)
      expect(rows(guid)).toEqual([])
    }
    expect(await deliver(guid)).toMatchObject({ status: 202 })
    await town.settle()
    expect(rows(guid)).toEqual([expect.objectContaining({ status: 'processed' })])
  })

  it('take a body that comes byte by byte, and survive one that is cut off', async () => {
    const before = count()
    const guid = randomUUID()
    const headers = headersOf(webhookSecret, 'star', guid, body)
    const asked = request(`${town.address}${appPath}`, { method: 'POST', headers, agent: false })
    const answered = new Promise<number>((resolve) => asked.once('response', (told) => resolve(told.statusCode ?? 0)))
    for (const letter of body) {
      asked.write(letter)
      await new Promise(setImmediate)
    }
    asked.end()
    expect(await answered).toBe(202)

    const { port } = new URL(town.address)
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(`POST ${appPath} HTTP/1.1\r\nHost: x\r\n${head.join('')}Content-Length: 9999\r\n\r\n${body}`, () =>
          socket.destroy(),
        )
      })
      socket.once('close', () => resolve())
    })
    expect(await deliver(randomUUID())).toMatchObject({ status: 202 })
    await town.settle()
    expect(count()).toBe(Number(before) + 2)
  })

  it('stand up to paths that are no URL', async () => {
    for (const path of ['//', '///', 'http://[', '*', '/%', `${appPath}?a=b//`])
      expect(await conversation(town.address, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1\.1 4\d\d /,
      )
    expect(await deliver(randomUUID())).toMatchObject({ status: 202 })
  })
})
