import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { expect, it } from '@jest/globals'
import { pino } from 'pino'
import { compose } from '../../src/compose.ts'
import { logFields } from '../../src/engine/log-context.ts'
import { startServer } from '../../src/server/server.ts'
import { guarded, webhookSecret } from '../support/guarded.ts'
import { appPath, headersOf, post } from './requests.ts'

it('every line bears what it belongs to: the request, the delivery, the job, the connection, the call', async () => {
  const town = await guarded({ flavour: 'ghes' })
  town.install()
  await town.settle()
  await town.stop()
  const lines: Record<string, unknown>[] = []
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const log = pino({ level: 'debug', mixin: logFields }, stream)
  const guardpost = await compose(town.config, log)
  const server = await startServer(guardpost, town.config)
  await guardpost.engine.start()
  await guardpost.engine.idle()
  lines.length = 0

  const repository = town.org.createRepository({ name: 'web', visibility: 'private' })
  const payload = (id: number) => ({
    action: 'edited',
    installation: { id: 0 },
    organization: { id },
    repository: {
      id: repository.id,
      node_id: repository.nodeId,
      name: 'web',
      full_name: 'acme/web',
      html_url: `${town.sim.htmlUrl}/acme/web`,
      description: null,
      private: true,
      fork: false,
      created_at: '2026-01-10T12:00:00Z',
      updated_at: '2026-01-10T12:00:00Z',
      owner: { id },
    },
  })
  const [connection] = await guardpost.means.store.connections.list()
  const deliver = async (organizationId: number) => {
    const said = { ...payload(organizationId), installation: { id: connection?.installationId } }
    const body = JSON.stringify(said)
    const guid = randomUUID()
    await post(`http://127.0.0.1:${server.port}`, appPath, body, headersOf(webhookSecret, 'repository', guid, body))
    await guardpost.engine.idle()
    return guid
  }
  const guid = await deliver(town.org.id)
  const answered = lines.find(({ msg }) => msg === 'Delivery answered')
  expect(answered).toMatchObject({ hook: 'app', guid, event: 'repository', status: 202 })
  expect(answered?.request).toMatch(/^[\w-]{36}$/)
  const delivery = (await guardpost.means.store.deliveries.list({ limit: 1 }))[0]?.id
  const read = lines.find(({ msg, path }) => msg === 'GitHub call' && String(path).includes('RepositoriesById'))
  expect(read).toMatchObject({ connection: connection?.id, jobKind: 'read', delivery, job: expect.any(Number) })
  expect(read?.requestId).toMatch(/\w/)

  const foreign = await deliver(town.org.id + 1)
  const refused = lines.find(({ msg }) => String(msg).startsWith('A signed delivery speaks for another'))
  expect(refused).toMatchObject({ guid: foreign, event: 'repository', connection: connection?.id, jobKind: 'project' })

  const all = JSON.stringify(lines)
  for (const secret of [webhookSecret, town.config.secretKey, 'PRIVATE KEY', 'ghs_'])
    expect(all).not.toContain(String(secret))
  await server.close()
  await guardpost.close()
  await town.start()
  await town.close()
})
