import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type Guarded, guarded } from '../support/guarded.ts'
import { type Sender, sender } from './projected.ts'

// Some fifty deliveries, each with all that follows from it: more than a busy machine does in the usual 5 s.
jest.setTimeout(60_000)

describe('an event of the connected organization', () => {
  let town: Guarded
  let mail: Sender
  beforeAll(async () => {
    town = await guarded({ flavour: 'ghes' })
    town.install()
    await town.settle()
    mail = sender(town)
  })
  afterAll(async () => {
    mail?.close()
    await town?.close()
  })

  const { stringify, parse } = JSON
  const lastOf = (event: string) => {
    const found = town.sim.deliveriesOf(town.app.hook).findLast((delivery) => delivery.event === event)
    if (!found) throw new Error(`There was no ${event}.`)
    return found
  }
  const delivery = (guid: string) => mail.statusOf(guid)
  const repository = (title: string) => town.guardpost.means.store.resources.byTitle(1, 'GitHub > Repository', title)

  it('tells a renaming of the organization', async () => {
    town.org.rename('apex')
    await town.settle()
    const { guid } = lastOf('organization')
    expect(await delivery(guid)).toBe('processed')
    const { store } = town.guardpost.means
    expect(await store.connections.list()).toMatchObject([{ login: 'apex' }])
    expect(await repository('apex/.github-private')).not.toBeNull()
    const history = await store.activities.list(1, { limit: 100 })
    const heard = history.find(({ changes }) => changes.some(({ field }) => field === 'login'))
    expect(heard).toMatchObject({ actor: 'acme-owner', source: 'read', deliveryId: expect.any(Number) })
    town.org.rename('acme')
    await town.settle()
  })

  it('is history with who did it and how we know', async () => {
    const web = town.org.createRepository({ name: 'web' })
    await town.settle()
    web.rename('site', { sender: 'olga' })
    await town.settle()
    const known = await repository('acme/site')
    const [newest] = await town.guardpost.means.store.activities.list(1, { resourceId: known?.id ?? 0 })
    expect(newest).toMatchObject({
      kind: 'changed',
      summary: 'acme/web → acme/site',
      changes: [
        { field: 'name', before: 'web', after: 'site' },
        { field: 'nameWithOwner', before: 'acme/web', after: 'acme/site' },
        { field: 'url', before: `${town.sim.htmlUrl}/acme/web`, after: `${town.sim.htmlUrl}/acme/site` },
      ],
      actor: 'olga',
      source: expect.stringMatching(/^(event|read)$/),
      deliveryId: expect.any(Number),
    })
  })

  it('is marked ours where our own App did it; another bot counts like people', async () => {
    const other = town.sim.createApp({ name: 'Renovator', owner: town.org, permissions: {}, events: [] })
    const tool = town.org.createRepository({ name: 'tool' })
    await town.settle()
    const known = await repository('acme/tool')
    const actors = []
    for (const [name, sender] of [
      ['by-us', town.app.bot.login],
      ['by-another', other.bot.login],
      ['by-somebody', 'guardpost'],
    ] as const) {
      tool.rename(name, { sender })
      await town.settle()
      const history = await town.guardpost.means.store.activities.list(1, { resourceId: known?.id ?? 0 })
      actors.push(history.find(({ kind }) => kind === 'changed')?.actor)
    }
    expect(town.app.bot.login).toBe('guardpost[bot]')
    expect(actors).toEqual(['guardpost', 'renovator[bot]', '@guardpost'])
  })

  it('that is of no use to us is processed and changes nothing', async () => {
    const { payload } = lastOf('repository')
    const before = mail.cmdb()
    for (const event of ['star', 'gollum', 'projects_v2_item', 'never_heard_of', 'constructor', 'to_string'])
      expect(await delivery(await mail.send(event, stringify({ ...parse(payload), event })))).toBe('processed')
    expect(mail.cmdb()).toEqual(before)
  })

  it('that is garbage in one place harms no other', async () => {
    const { payload } = lastOf('repository')
    const said = parse(payload)
    const bad = stringify({ ...said, repository: { ...said.repository, pushed_at: {}, topics: 'no list' } })
    const good = town.org.createRepository({ name: 'good' })
    expect(await delivery(await mail.send('repository', bad))).toBe('parked')
    expect(await repository('acme/good')).toMatchObject({ nodeId: good.nodeId, goneAt: null })
  })
})
