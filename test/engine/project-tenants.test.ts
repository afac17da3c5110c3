import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Installation } from '../../src/simulator/installation.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import { repositoryObject } from '../../src/simulator/payloads/repository.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import { type Guarded, guarded } from '../support/guarded.ts'
import { type Sender, sender } from './projected.ts'

// Some fifty deliveries, each with all that follows from it: more than a busy machine does in the usual 5 s.
jest.setTimeout(60_000)

describe('a delivery that is signed with one organization’s secret', () => {
  let town: Guarded
  let other: Organization
  let theirs: Repository
  let installation: Installation
  let theirInstallation: Installation
  let mail: Sender
  const hook = { id: 'ofacme', secret: 'the secret of the webhook of acme' }

  beforeAll(async () => {
    town = await guarded({ flavour: 'ghes' })
    other = town.sim.createOrganization({ login: 'umbrella' })
    theirs = other.createRepository({ name: 'virus', visibility: 'private' })
    town.org.createRepository({ name: 'web' })
    installation = town.install()
    theirInstallation = town.sim.install(town.app, other)
    await town.settle()
    const { store } = town.guardpost.means
    const acme = await store.connections.byInstallation(installation.id)
    await store.hooks.make({ id: hook.id, connectionId: acme?.id ?? 0, secret: hook.secret, createdAt: Date.now() })
    mail = sender(town)
  })
  afterAll(async () => {
    mail?.close()
    await town?.close()
  })

  const acme = () => ({ organization: { id: town.org.id, node_id: town.org.nodeId, login: 'acme' } })
  const umbrella = () => ({ organization: { id: other.id, node_id: other.nodeId, login: 'umbrella' } })
  const by = ({ id }: { id: number }) => ({ installation: { id } })
  const said = (repository: Repository, change: object = {}) => ({
    repository: {
      ...repositoryObject({ api: 'https://a.example', html: 'https://h.example', graphql: '', docs: '' }, repository),
      updated_at: '2030-01-01T00:00:00Z',
      ...change,
    },
    sender: { login: 'mallory' },
  })
  const refusedWhole = async (event: string, payload: object, by?: typeof hook) => {
    const before = mail.cmdb()
    const reads = town.sim.requests.length
    expect(await mail.statusOf(await mail.send(event, payload, by))).toBe('refused')
    expect(mail.cmdb()).toEqual(before)
    expect(town.sim.requests).toHaveLength(reads)
  }
  const leavesNothing = async (event: string, payload: object, by?: typeof hook) => {
    const before = mail.cmdb()
    expect(await mail.statusOf(await mail.send(event, payload, by))).toBe('processed')
    expect(mail.cmdb()).toEqual(before)
  }

  it('is refused when it speaks for another organization', async () => {
    const renamed = { action: 'renamed', changes: { repository: { name: { from: 'virus' } } } }
    await refusedWhole('repository', { ...renamed, ...umbrella(), ...said(theirs, { name: 'x' }) }, hook)
    await refusedWhole('repository', { action: 'deleted', ...umbrella(), ...said(theirs) }, hook)
    await refusedWhole('repository', { action: 'created', ...said(theirs) }, hook)
    await refusedWhole('organization', { action: 'deleted', ...umbrella() }, hook)
    await refusedWhole('ping', { zen: 'x', hook_id: 1, ...umbrella() }, hook)
    await refusedWhole('star', { action: 'created' }, hook)
  })

  it('is refused when it speaks for another installation', async () => {
    await refusedWhole('repository', { action: 'created', ...acme(), ...by(theirInstallation), ...said(theirs) }, hook)
    await refusedWhole('installation', { action: 'deleted', ...by(theirInstallation) }, hook)
  })

  it('is refused when the App’s installation is one organization’s and the payload another’s', async () => {
    const edited = { action: 'edited', changes: {} }
    await refusedWhole('repository', { ...edited, ...umbrella(), ...by(installation), ...said(theirs) })
    await refusedWhole('repository', { ...edited, ...acme(), ...by(theirInstallation), ...said(theirs) })
    await refusedWhole('repository', { ...edited, ...by(installation), ...said(theirs) })
    await refusedWhole('push', { ...by(installation), ref: 'refs/heads/main', after: 'a'.repeat(40) })
  })

  it('writes nothing of a repository of another owner, whatever organization it names', async () => {
    await leavesNothing('repository', { action: 'edited', ...acme(), ...said(theirs, { name: 'x' }) }, hook)
    await leavesNothing('public', { ...acme(), ...by(installation), ...said(theirs, { private: false }) })
    await leavesNothing('installation_repositories', {
      action: 'added',
      ...by(installation),
      repositories_added: [{ node_id: theirs.nodeId }],
      repositories_removed: [],
    })
  })

  it('writes nothing when it comes by the App for no installation, or one that is not there', async () => {
    await leavesNothing('repository', { action: 'edited', ...acme(), ...said(theirs, { name: 'x' }) })
    await leavesNothing('repository', { action: 'edited', ...acme(), ...by({ id: 999_999 }), ...said(theirs) })
    await leavesNothing('installation', { action: 'created', ...by({ id: 999_999 }) })
  })

  it('takes nothing away that a look does not confirm', async () => {
    const web = town.org.repositories.get('web')
    if (!web) throw new Error('There is no acme/web.')
    await leavesNothing('repository', { action: 'deleted', ...acme(), ...by(installation), ...said(web) })
    await leavesNothing('repository', { action: 'transferred', ...acme(), ...said(web) }, hook)
    await leavesNothing('organization', { action: 'deleted', ...acme(), ...by(installation) })
    await leavesNothing('organization', { action: 'renamed', ...acme(), ...by(installation) })
    await leavesNothing('installation', { action: 'deleted', ...by(installation) })
    await leavesNothing('installation', { action: 'suspend', ...by(installation) })
    await leavesNothing('installation_repositories', {
      action: 'removed',
      ...by(installation),
      repositories_added: [],
      repositories_removed: [{ node_id: web.nodeId }],
    })
    await leavesNothing('meta', { action: 'deleted', hook_id: 1, ...acme() }, hook)
  })

  it('is believed when only the owner of the repository names the organization', async () => {
    const web = town.org.repositories.get('web')
    if (!web) throw new Error('There is no acme/web.')
    const guid = await mail.send('repository', { action: 'transferred', ...by(installation), ...said(web) })
    expect(await mail.statusOf(guid)).toBe('processed')
  })
})
