import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import { type Guarded, guarded, webhookSecret } from '../support/guarded.ts'
import { appPath, headersOf, post } from './requests.ts'

// Hundreds of deliveries, one after another: more than a busy machine does in the usual 5 s.
jest.setTimeout(30_000)

interface Example {
  readonly organization?: object
  readonly installation?: object
  readonly repository?: { readonly owner?: object }
}

const file = createRequire(import.meta.url).resolve('@octokit/webhooks-examples/api.github.com/index.json')
const events: { name: string; examples: Example[] }[] = JSON.parse(readFileSync(file, 'utf8'))
const examples = events.flatMap(({ name, examples }) =>
  examples.map((example, index) => ({ event: name, guid: `${name}-${index}`, example })),
)

describe('every example of GitHub’s webhooks', () => {
  let town: Guarded
  let database: BetterSqlite3.Database

  beforeAll(async () => {
    town = await guarded({ flavour: 'ghes' })
    town.install()
    await town.settle()
    database = new BetterSqlite3(town.config.databaseFile, { readonly: true })
  })
  afterAll(async () => {
    database?.close()
    await town?.close()
  })

  const deliverAll = async (sent: readonly { event: string; guid: string; example: Example }[]) => {
    const counts: Record<number, number> = {}
    for (const { event, guid, example } of sent) {
      const body = JSON.stringify(example)
      const { status } = await post(town.address, appPath, body, headersOf(webhookSecret, event, guid, body))
      counts[status] = (counts[status] ?? 0) + 1
    }
    await town.settle()
    return counts
  }
  const ends = (guids: string) =>
    database
      .prepare('select status, error, count(*) as count from deliveries where guid like ? group by 1, 2')
      .all(guids)
  const resources = () => database.prepare('select * from resources order by id').all()
  const failing = () =>
    database.prepare(`select kind, payload, error from jobs where state = 'parked' or error is not null`).all()

  it('is kept and worked off without a trace in an organization that it is not about', async () => {
    expect(examples).toHaveLength(329)
    const before = resources()
    expect(await deliverAll(examples)).toEqual({ 202: 329 })
    expect(failing()).toEqual([])
    expect(ends('%')).toEqual([{ status: 'processed', error: null, count: expect.any(Number) }])
    expect(resources()).toEqual(before)
    expect(town.sim.judged).toEqual([])
  })

  it('is projected where it speaks of the connected organization', async () => {
    const { org } = town
    const account = { id: org.id, login: org.login, node_id: org.nodeId }
    const [installation] = await town.guardpost.means.store.connections.list()
    const ours = examples.map(({ event, guid, example }) => ({
      event,
      guid: `ours-${guid}`,
      example: {
        ...example,
        organization: { ...example.organization, ...account },
        installation: { ...example.installation, id: installation?.installationId },
        ...(example.repository?.owner && {
          repository: { ...example.repository, owner: { ...example.repository.owner, ...account } },
        }),
      },
    }))
    const before = database.prepare('select max(id) from resources').pluck().get()
    expect(await deliverAll(ours)).toEqual({ 202: 329 })
    expect(failing()).toEqual([])
    expect(ends('ours-%')).toEqual([{ status: 'processed', error: null, count: 329 }])
    // What the examples tell of is in nobody's view here: the reads that they prompt say so.
    const found = database.prepare('select title, gone_at is null as live from resources where id > ?').all(before)
    expect(found).toContainEqual({ title: 'Codertocat/Hello-World', live: 0 })
    expect(found).not.toContainEqual(expect.objectContaining({ live: 1 }))
    expect(town.sim.judged).toEqual([])
    expect(await deliverAll(ours)).toEqual({ 200: 329 })
  }, 30_000)
})
