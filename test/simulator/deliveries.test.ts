import { createHmac } from 'node:crypto'
import { Agent } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { post } from '../../src/simulator/deliver.ts'
import { type Acme, hookUrl, secret, startAcme } from './acme.ts'

const sha256 = (key: string, text: string) => `sha256=${createHmac('sha256', key).update(text).digest('hex')}`

describe('deliveries', () => {
  let acme: Acme
  let now: number
  beforeEach(async () => {
    now = Date.parse('2026-01-10T12:00:00Z')
    const permissions = { organization_hooks: 'write' } as const
    acme = await startAcme({ permissions, events: ['repository'], clock: () => now })
  })
  afterEach(() => acme.close())

  const log = async (query = '') => (await acme.asApp('GET', `/app/hook/deliveries${query}`)).body

  it('carry one GUID for one event to every hook, each signed with the hook’s own secret', async () => {
    acme.org.createHook({
      url: 'https://hooks.example/org?a=b',
      contentType: 'json',
      secret: 'its own',
      events: ['repository'],
    })
    await acme.sim.idle()
    acme.receiver.forget()
    const one = acme.org.createRepository({ name: 'one' })
    await acme.sim.idle()
    const app = acme.receiver.received.find(({ path }) => path === '/app')
    const org = acme.receiver.received.find(({ path }) => path === '/org?a=b')
    expect(acme.receiver.received).toHaveLength(2)
    expect(app?.headers['x-hub-signature-256']).toBe(sha256(secret, app?.raw ?? ''))
    expect(org?.headers['x-hub-signature-256']).toBe(sha256('its own', org?.raw ?? ''))
    expect(app?.headers['x-hub-signature']).toMatch(/^sha1=[0-9a-f]{40}$/)
    expect(app?.headers['x-github-delivery']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-/)
    expect(org?.headers['x-github-delivery']).toBe(app?.headers['x-github-delivery'])
    expect(app?.headers['content-type']).toBe('application/json')
    expect(app?.headers['user-agent']).toMatch(/^GitHub-Hookshot\/[0-9a-f]+$/)
    expect(app?.headers['x-github-hook-installation-target-type']).toBe('integration')
    expect(app?.payload.installation).toEqual({ id: acme.installation.id, node_id: acme.installation.nodeId })
    expect(org?.payload).not.toHaveProperty('installation')
    expect(org?.payload).toMatchObject({
      action: 'created',
      repository: { id: one.id, node_id: one.nodeId, full_name: 'acme/one', private: true, visibility: 'private' },
      organization: { id: acme.org.id, login: 'acme' },
      sender: { login: 'olga', type: 'User' },
    })
  })

  it('are a form when the hook says so', async () => {
    acme.org.createHook({ url: 'https://hooks.example/form', secret: 'f', events: ['repository'] })
    await acme.sim.idle()
    const [ping] = acme.receiver.received
    expect(ping?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(ping?.raw).toMatch(/^payload=%7B%22/)
    expect(ping?.headers['x-hub-signature-256']).toBe(sha256('f', ping?.raw ?? ''))
  })

  it('stand in the log with what became of them', async () => {
    const codes = [200, 401, 500]
    for (const code of codes) {
      acme.receiver.answer = () => code
      acme.org.createRepository({ name: `with-${code}` })
      await acme.sim.idle()
    }
    acme.app.hook.update({ url: 'https://nowhere.example/' })
    acme.org.createRepository({ name: 'unheard' })
    await acme.sim.idle()
    const [unheard, failed, denied, heard] = await log('?per_page=4')
    expect(heard).toMatchObject({
      status: 'OK',
      status_code: 200,
      event: 'repository',
      action: 'created',
      redelivery: false,
      delivered_at: '2026-01-10T12:00:00Z',
      installation_id: acme.installation.id,
      repository_id: acme.org.repositories.get('with-200')?.id,
      throttled_at: null,
    })
    expect(denied).toMatchObject({ status: 'Invalid HTTP Response: 401', status_code: 401 })
    expect(failed).toMatchObject({ status: 'Invalid HTTP Response: 500', status_code: 500 })
    expect(unheard).toMatchObject({ status: 'failed to connect to host', status_code: 502 })
    expect((await log('?status=failure')).map(({ id }: { id: number }) => id)).toEqual([
      unheard.id,
      failed.id,
      denied.id,
    ])
    const { body } = await acme.asApp('GET', `/app/hook/deliveries/${denied.id}`)
    expect(body).toMatchObject({
      id: denied.id,
      guid: denied.guid,
      url: hookUrl,
      request: {
        headers: { 'X-GitHub-Event': 'repository', 'X-GitHub-Delivery': denied.guid },
        payload: { action: 'created' },
      },
      response: { payload: 'heard' },
    })
  })

  it('leave the log after three days', async () => {
    acme.org.createRepository({ name: 'one' })
    await acme.sim.idle()
    const [{ id }] = await log()
    now += 3 * 24 * 3_600_000 + 1000
    expect(await log()).toEqual([])
    expect((await acme.asApp('GET', `/app/hook/deliveries/${id}`)).status).toBe(404)
  })

  it('are paged by a cursor, newest first', async () => {
    for (const name of ['a', 'b', 'c']) acme.org.createRepository({ name })
    await acme.sim.idle()
    const first = await acme.asApp('GET', '/app/hook/deliveries?per_page=3')
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    expect(next).toContain(`cursor=v1_${first.body[2].id}`)
    const second = await acme.asApp('GET', next.slice(acme.sim.apiUrl.length))
    expect(second.headers.get('link')).toBeNull()
    const ids = [...first.body, ...second.body].map(({ id }) => id)
    expect(ids).toHaveLength(5)
    expect(ids).toEqual(ids.toSorted((one, other) => other - one))
  })

  it('are sent again under their GUID', async () => {
    acme.org.createRepository({ name: 'one' })
    await acme.sim.idle()
    const [{ id, guid }] = await log()
    expect((await acme.asApp('POST', `/app/hook/deliveries/${id}/attempts`)).status).toBe(202)
    await acme.sim.idle()
    const [first, again] = acme.receiver.received
    expect(again?.raw).toBe(first?.raw)
    expect(again?.headers['x-github-delivery']).toBe(guid)
    const [newest] = await log()
    expect(newest).toMatchObject({ guid, redelivery: true })
    expect(newest.id).toBeGreaterThan(id)
  })

  it('can be held, and sent in any order and as often as wanted', async () => {
    acme.sim.holdDeliveries()
    for (const name of ['a', 'b', 'c']) acme.org.createRepository({ name })
    await acme.sim.idle()
    expect(acme.receiver.received).toHaveLength(0)
    const [a, b, c] = acme.sim.held
    expect([await c?.send(), await a?.send(), await c?.send()]).toEqual([202, 202, 202])
    const names = () => acme.receiver.received.map(({ payload }) => payload.repository.name)
    expect(names()).toEqual(['c', 'a', 'c'])
    expect(acme.receiver.received[2]?.headers['x-github-delivery']).toBe(c?.guid)
    acme.sim.releaseDeliveries()
    await acme.sim.idle()
    expect(names()).toEqual(['c', 'a', 'c', 'b'])
    expect(b?.guid).toBe(acme.receiver.received[3]?.headers['x-github-delivery'])
    expect(acme.sim.held).toHaveLength(0)
  })

  it('follow no redirect', async () => {
    acme.receiver.answer = () => 302
    acme.org.createRepository({ name: 'one' })
    await acme.sim.idle()
    expect((await log())[0]).toMatchObject({ status: 'Invalid HTTP Response: 302', status_code: 302 })
  })

  it('end without a status code when nobody answers in time', async () => {
    let answer: (status: number) => void = () => undefined
    acme.receiver.answer = () =>
      new Promise((later) => {
        answer = later
      })
    const agent = new Agent()
    const outcome = await post(`${acme.receiver.url}/slow`, {}, '{}', { agent, timeout: 50 })
    expect(outcome).toEqual({ status: 'timed out', statusCode: 0, headers: {}, payload: '' })
    answer(202)
    agent.destroy()
  })
})
