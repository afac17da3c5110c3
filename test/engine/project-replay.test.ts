import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { eventHandlersPath, type Guarded, guarded } from '../support/guarded.ts'
import { type Sender, sender } from './projected.ts'

// Some fifty deliveries, each with all that follows from it: more than a busy machine does in the usual 5 s.
jest.setTimeout(60_000)

describe('old bodies under new GUIDs', () => {
  let town: Guarded
  let mail: Sender
  beforeEach(async () => {
    town = await guarded({ flavour: 'ghes' })
    mail = sender(town)
  })
  afterEach(async () => {
    mail.close()
    await town.close()
  })

  /** What was heard so far, oldest first. */
  const heard = () =>
    town.sim.deliveriesOf(town.app.hook).map(({ event, action, payload }) => ({ event, action, payload }))
  const replay = async (bodies: readonly { event: string; payload: string }[]) => {
    const guids: string[] = []
    for (const { event, payload } of bodies) guids.push(await mail.send(event, payload))
    return Promise.all(guids.map((guid) => mail.statusOf(guid)))
  }
  const live = async (connectionId = 1) => {
    const all = await town.guardpost.means.store.resources.list(connectionId, {
      type: 'GitHub > Repository',
      gone: false,
    })
    return all.map(({ title }) => title)
  }

  it('change nothing, in whatever order they come', async () => {
    const { org } = town
    const other = town.sim.createOrganization({ login: 'umbrella' })
    const first = town.install()
    await town.settle()
    const gone = org.createRepository({ name: 'gone' })
    const web = org.createRepository({ name: 'web', visibility: 'private' })
    const moved = org.createRepository({ name: 'moved' })
    await town.settle()
    gone.delete()
    web.rename('site')
    web.setVisibility('public')
    web.archive()
    moved.transfer(other)
    await town.settle()
    org.createRepository({ name: 'gone' })
    web.unarchive()
    first.suspend()
    await town.settle()
    first.unsuspend()
    await town.settle()
    first.uninstall()
    await town.settle()
    town.install()
    await town.settle()
    expect(await live()).toEqual(['acme/.github-private', 'acme/gone', 'acme/site'])

    const bodies = heard()
    const actions = new Set(bodies.map(({ event, action }) => (action ? `${event}.${action}` : event)))
    expect([...actions].toSorted()).toEqual([
      'installation.created',
      'installation.deleted',
      'installation.suspend',
      'installation.unsuspend',
      'installation_repositories.removed',
      'ping',
      'public',
      'repository.archived',
      'repository.created',
      'repository.deleted',
      'repository.publicized',
      'repository.renamed',
      'repository.unarchived',
    ])
    const before = mail.cmdb()
    const statuses = await replay([...bodies, ...bodies.toReversed()])
    expect(new Set(statuses)).toEqual(new Set(['processed']))
    expect(mail.cmdb()).toEqual(before)
  })

  it('do not bring an uninstalled organization back', async () => {
    const installation = town.install()
    await town.settle()
    const web = town.org.createRepository({ name: 'web' })
    await town.settle()
    installation.uninstall()
    await town.settle()
    const { store } = town.guardpost.means
    expect(await store.connections.list()).toMatchObject([{ login: 'acme', status: 'uninstalled' }])
    web.rename('unheard')
    const before = mail.cmdb()
    await replay(heard())
    expect(mail.cmdb()).toEqual(before)
  })

  it('prove no webhook: a ping counts only while one is awaited', async () => {
    town.install()
    await town.settle()
    await town.set(`${eventHandlersPath} > Source`, 'Organization webhook')
    await town.set(eventHandlersPath, 'Enforce: Enabled')
    await town.settle()
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })
    const { store } = town.guardpost.means
    const [ours] = await store.hooks.list(1)
    const secret = (await store.hooks.secret(1, ours?.id ?? '')) ?? ''
    const [hook] = town.org.hooks
    const ping = hook && town.sim.deliveriesOf(hook).find(({ event }) => event === 'ping')
    if (!ours || !ping) throw new Error('The webhook was never pinged.')

    const before = mail.cmdb()
    const by = { id: ours.id, secret }
    expect(await mail.statusOf(await mail.send('ping', ping.payload, by))).toBe('processed')
    expect(mail.cmdb()).toEqual(before)
    expect(await town.control()).toMatchObject({ state: 'ok', reason: 'Configured' })

    const now = Date.now() + 1
    await store.hooks.setPing(1, ours.id, { askedAt: now, provedFor: null })
    const guid = await mail.send('ping', ping.payload, by)
    await mail.statusOf(guid)
    const [after] = await store.hooks.list(1)
    expect(after?.ping).toMatchObject({ askedAt: now, guid })
  })
})
