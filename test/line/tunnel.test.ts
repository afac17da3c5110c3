import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { newChannel } from '../../src/server/tunnel/new-channel.ts'
import { openTunnel, type Tunnel } from '../../src/server/tunnel/tunnel.ts'
import { type Guarded, guarded, webhookSecret } from '../support/guarded.ts'
import { type Smee, startSmee } from '../support/smee.ts'

jest.setTimeout(30_000)

let smee: Smee
let town: Guarded
let tunnel: Tunnel
const log = { debug: jest.fn(), info: jest.fn(), warn: jest.fn(), error: jest.fn() }

/** Until it is so: what the proxy sends on, nobody waits for. */
async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((later) => setTimeout(later, 10))
  await town.settle()
}

const recorded = async (type: string, title: string) => {
  const { store } = town.guardpost.means
  const [connection] = await store.connections.list()
  return connection ? store.resources.byTitle(connection.id, type, title) : null
}

beforeAll(async () => {
  smee = await startSmee()
  town = await guarded({ url: 'http://127.0.0.1:3000', webhookProxyUrl: smee.channel })
  town.sim.addDns(smee.host, smee.target)
  tunnel = openTunnel({ channel: smee.channel, home: town.address, log, waits: { silence: 60_000, again: 20 } })
  await until(() => smee.listeners() === 1)
})
afterAll(async () => {
  await tunnel.close()
  await town.close()
  await smee.close()
})

describe('a channel of a webhook proxy', () => {
  it('is made where the proxy makes them, or it is said what to do', async () => {
    expect(await newChannel(smee.newUrl)).toMatch(/^http:\/\/smee\.example:\d+\/[\w-]{16}$/)
    await expect(newChannel(`${smee.target}/nothing`)).rejects.toThrow(/makes no channel.*set GUARDPOST_URL/)
    const gone = await startSmee()
    await gone.close()
    await expect(newChannel(gone.newUrl)).rejects.toThrow(/makes no channel: .*ECONNREFUSED.*Try again/)
  })

  it('carries the webhook of the App: an installation becomes states', async () => {
    town.install()
    await until(async () => (await recorded('GitHub > Organization', 'acme')) !== null)
    expect((await town.control()).state).toBe('ok')
  })

  it('carries the webhook of an organization, which is told by the query: a change becomes a state', async () => {
    await town.set('GitHub > Organization > Event Handlers > Source', 'Organization webhook')
    await town.set('GitHub > Organization > Event Handlers', 'Enforce: Enabled')
    await until(async () => (await town.control()).state === 'ok')
    const [hook, ...others] = town.org.hooks
    expect(others).toEqual([])
    expect(hook?.config.url).toMatch(/^http:\/\/smee\.example:\d+\/a-channel\?hook=[\da-f-]{36}$/)
    town.org.createRepository({ name: 'new', visibility: 'private', sender: 'dana' })
    await until(async () => (await recorded('GitHub > Repository', 'acme/new')) !== null)
    const hooks = (await town.guardpost.means.store.deliveries.list()).map(({ hookId }) => hookId)
    expect(hooks).toContain(new URL(hook?.config.url ?? '').searchParams.get('hook'))
    expect(hooks).toContain('app')
    expect((await town.control('GitHub > Repository > CMDB', 'acme/new')).state).toBe('ok')
  })

  it('checks no less: a body that the proxy wrote anew is refused, and the log says why', async () => {
    const send = (body: string) =>
      fetch(smee.channel, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-github-event': 'ping',
          'x-github-delivery': 'spoiled',
          'x-hub-signature-256': `sha256=${createHmac('sha256', webhookSecret).update(body).digest('hex')}`,
        },
        body,
      })
    await send('{"zen": "with a space"}')
    await until(() => log.warn.mock.calls.length > 0)
    expect(log.warn).toHaveBeenLastCalledWith(
      { hook: 'app', guid: 'spoiled', event: 'ping' },
      expect.stringMatching(/its signature does not fit\. The proxy writes JSON anew/),
    )
    const { store } = town.guardpost.means
    expect((await store.deliveries.list()).map(({ guid }) => guid)).not.toContain('spoiled')
  })

  it('comes back by itself when the proxy hung up or refuses for a while', async () => {
    log.warn.mockClear()
    smee.refuse(503)
    smee.hangUp()
    await until(() => log.warn.mock.calls.length > 0)
    expect(log.warn).toHaveBeenCalledTimes(1)
    smee.refuse(null)
    await until(() => smee.listeners() === 1)
    town.org.createRepository({ name: 'after', visibility: 'private' })
    await until(async () => (await recorded('GitHub > Repository', 'acme/after')) !== null)
    expect(log.info).toHaveBeenLastCalledWith(expect.anything(), 'Webhooks come by the proxy again')
  })
})
