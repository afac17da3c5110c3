import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Acme, startAcme } from './acme.ts'
import type { Ask } from './ask.ts'

const config = { url: 'https://hooks.example/org', content_type: 'json', secret: 'one', insecure_ssl: '0' }

describe('organization hooks', () => {
  let acme: Acme
  let ask: Ask
  beforeEach(async () => {
    acme = await startAcme({ permissions: { organization_hooks: 'write' } })
    ask = await acme.asInstallation()
  })
  afterEach(() => acme.close())

  const create = (change: object = {}) =>
    ask('POST', '/orgs/acme/hooks', { name: 'web', config, events: ['push'], ...change })
  const path = (id: number, below = '') => `/orgs/acme/hooks/${id}${below}`

  it('are pinged during their creation, before it is answered', async () => {
    const order: string[] = []
    acme.receiver.answer = async () => {
      await new Promise((later) => setTimeout(later, 20))
      order.push('ping heard')
      return 202
    }
    const { status, body, headers } = await create()
    order.push('creation answered')
    expect(order).toEqual(['ping heard', 'creation answered'])
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`${acme.sim.apiUrl}/orgs/acme/hooks/${body.id}`)
    expect(acme.receiver.received).toHaveLength(1)
    const [ping] = acme.receiver.received
    expect(ping?.headers).toMatchObject({
      'x-github-event': 'ping',
      'x-github-hook-id': String(body.id),
      'x-github-hook-installation-target-type': 'organization',
      'x-github-hook-installation-target-id': String(acme.org.id),
    })
    expect(ping?.payload).toMatchObject({
      hook_id: body.id,
      hook: { type: 'Organization', id: body.id, events: ['push'], config: { secret: '********' } },
      organization: { login: 'acme' },
      sender: { login: 'guard[bot]' },
    })
    expect(ping?.payload).not.toHaveProperty('installation')
    expect((await ask('GET', path(body.id, '/deliveries'))).body).toMatchObject([{ event: 'ping', action: null }])
  })

  it('never show their secret', async () => {
    const { body } = await create()
    const masked = { ...config, secret: '********' }
    expect(body.config).toEqual(masked)
    expect((await ask('GET', path(body.id))).body.config).toEqual(masked)
    expect((await ask('GET', path(body.id, '/config'))).body).toEqual(masked)
    expect((await ask('GET', '/orgs/acme/hooks')).body[0].config).toEqual(masked)
    expect(JSON.stringify(acme.sim.deliveriesOf(acme.org.hooks[0] as never))).not.toContain('"one"')
  })

  it('lose their secret when a whole config comes without it, and keep it when single properties change', async () => {
    const { body } = await create()
    const kept = await ask('PATCH', path(body.id, '/config'), { insecure_ssl: '1' })
    expect(kept.body).toEqual({ ...config, secret: '********', insecure_ssl: '1' })
    const lost = await ask('PATCH', path(body.id), { config: { url: config.url, content_type: 'json' } })
    expect(lost.body.config).toEqual({ url: config.url, content_type: 'json', insecure_ssl: '0' })
    acme.receiver.forget()
    await ask('POST', path(body.id, '/pings'))
    await acme.sim.idle()
    expect(acme.receiver.received[0]?.headers).not.toHaveProperty('x-hub-signature-256')
  })

  it.each([
    [
      'https://localhost/x',
      "Sorry, the URL host localhost is not supported because it isn't reachable over the public Internet",
    ],
    [
      'http://127.0.0.1:8080/x',
      "Sorry, the URL host 127.0.0.1 is not supported because it isn't reachable over the public Internet",
    ],
  ])('are refused the address %s', async (url, message) => {
    const refused = {
      status: 422,
      body: { message: 'Validation Failed', errors: [{ resource: 'Hook', code: 'custom', message }] },
    }
    expect(await create({ config: { url } })).toMatchObject(refused)
    const { body } = await create()
    expect(await ask('PATCH', path(body.id, '/config'), { url })).toMatchObject(refused)
    expect(await acme.asApp('PATCH', '/app/hook/config', { url })).toMatchObject(refused)
  })

  it('may share a config only with other events', async () => {
    expect((await create()).status).toBe(201)
    const twin = await create({ events: ['issues', 'push'] })
    expect(twin.status).toBe(422)
    expect(twin.body.errors).toEqual([
      { resource: 'Hook', code: 'custom', message: 'Hook already exists on this organization' },
    ])
    expect((await create({ events: ['issues'] })).status).toBe(201)
    expect((await create({ config: { ...config, url: 'https://hooks.example/second' } })).status).toBe(201)
  })

  it('are at most twenty for one event', async () => {
    for (let number = 1; number <= 20; number += 1) acme.org.createHook({ url: `https://hooks.example/${number}` })
    expect((await create()).body.errors[0].message).toBe('The "push" event cannot have more than 20 hooks')
  })

  it('are refused a wrong name, no url, unknown events and events for Apps only', async () => {
    expect((await create({ name: 'email' })).body.errors).toEqual([
      { resource: 'Hook', code: 'invalid', field: 'name' },
    ])
    expect((await create({ config: {} })).status).toBe(422)
    expect((await create({ config: undefined })).body.message).toBe('Invalid request.\n\n"config" wasn\'t supplied.')
    expect((await create({ events: ['no_such_event'] })).status).toBe(422)
    expect((await create({ events: ['installation'] })).status).toBe(422)
    expect(acme.org.hooks).toHaveLength(0)
  })

  it('tell of their end when they listen to meta', async () => {
    const { body } = await create({ events: ['meta', 'repository'] })
    acme.receiver.forget()
    expect((await ask('DELETE', path(body.id))).status).toBe(204)
    await acme.sim.idle()
    expect(acme.receiver.received[0]?.payload).toMatchObject({ action: 'deleted', hook_id: body.id })
    expect((await ask('GET', path(body.id))).status).toBe(404)
  })

  it('can be changed behind the back of who made them', async () => {
    const { body } = await create()
    const [hook] = acme.org.hooks
    hook?.update({
      url: 'https://hooks.example/elsewhere',
      insecureSsl: '1',
      secret: 'other',
      events: ['*'],
      active: false,
    })
    const seen = (await ask('GET', path(body.id))).body
    expect(seen).toMatchObject({
      active: false,
      events: ['*'],
      config: { url: 'https://hooks.example/elsewhere', insecure_ssl: '1' },
    })
  })
})
