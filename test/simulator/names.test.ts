import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Repository } from '../../src/simulator/repository.ts'
import { type Acme, startAcme } from './acme.ts'
import type { Ask } from './ask.ts'

describe('names of repositories', () => {
  let acme: Acme
  let ask: Ask
  let one: Repository
  beforeEach(async () => {
    acme = await startAcme({ permissions: { issues: 'write', administration: 'write' } })
    one = acme.org.createRepository({ name: 'one' })
    ask = await acme.asInstallation()
  })
  afterEach(() => acme.close())

  it('are the same in any case of letters', async () => {
    expect((await ask('GET', '/repos/ACME/One')).body.id).toBe(one.id)
  })

  it('lead on after a rename, which keeps both ids', async () => {
    const { id, nodeId } = one
    one.rename('two')
    const moved = await ask('GET', '/repos/acme/one')
    expect(moved.status).toBe(301)
    expect(moved.headers.get('location')).toBe(`${acme.sim.apiUrl}/repositories/${id}`)
    expect(moved.body).toMatchObject({ message: 'Moved Permanently', url: `${acme.sim.apiUrl}/repositories/${id}` })
    expect((await ask('GET', `/repositories/${id}`)).body).toMatchObject({ id, node_id: nodeId, name: 'two' })
    const written = await ask('POST', '/repos/acme/one/issues', { title: 'x' })
    expect(written.status).toBe(307)
    const location = written.headers.get('location')?.slice(acme.sim.apiUrl.length) ?? ''
    expect(location).toBe(`/repositories/${id}/issues`)
    expect((await ask('POST', location, { title: 'x' })).status).toBe(201)
  })

  it('lead nobody on who may not see the repository', async () => {
    one.rename('two')
    expect((await acme.asNobody('GET', '/repos/acme/one')).status).toBe(404)
  })

  it('belong to a new repository when it takes them, and to none after a deletion', async () => {
    one.rename('two')
    const again = acme.org.createRepository({ name: 'one' })
    expect(again.id).not.toBe(one.id)
    expect(again.nodeId).not.toBe(one.nodeId)
    expect((await ask('GET', '/repos/acme/one')).body.id).toBe(again.id)
    one.rename('three')
    one.delete()
    expect((await ask('GET', '/repos/acme/two')).status).toBe(404)
    expect((await ask('GET', '/repos/acme/three')).status).toBe(404)
    expect((await ask('GET', `/repositories/${one.id}`)).status).toBe(404)
  })

  it('lead on after a transfer and after a new login of the owner', async () => {
    const globex = acme.sim.createOrganization({ login: 'globex' })
    acme.sim.install(acme.app, globex)
    one.setVisibility('public')
    one.transfer(globex)
    expect((await ask('GET', '/repos/acme/one')).status).toBe(301)
    globex.rename('initech')
    expect((await ask('GET', '/repos/globex/one')).status).toBe(301)
    expect((await ask('GET', '/repos/initech/one')).body.id).toBe(one.id)
    expect((await ask('GET', '/orgs/globex')).status).toBe(404)
  })

  it('are taken once', async () => {
    const { status, body } = await ask('POST', '/orgs/acme/repos', { name: 'One' })
    expect(status).toBe(422)
    expect(body.errors).toEqual([
      { resource: 'Repository', code: 'custom', field: 'name', message: 'name already exists on this account' },
    ])
  })

  it('change through the API too, with the App’s bot as sender', async () => {
    expect((await ask('PATCH', '/repos/acme/one', { name: 'two', archived: true })).body).toMatchObject({
      name: 'two',
      archived: true,
    })
    const refused = await ask('PATCH', '/repos/acme/two', { description: 'x' })
    expect([refused.status, refused.body.message]).toEqual([403, 'Repository was archived so is read-only.'])
    expect((await ask('PATCH', '/repos/acme/two', { archived: false, description: 'x' })).body.archived).toBe(false)
    expect((await ask('DELETE', '/repos/acme/two')).status).toBe(204)
  })
})
