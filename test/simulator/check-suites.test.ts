import { afterEach, describe, expect, it } from '@jest/globals'
import type { Repository } from '../../src/simulator/repository.ts'
import { type Acme, startAcme } from './acme.ts'

describe('check suites', () => {
  let acme: Acme
  let one: Repository
  afterEach(() => acme.close())

  const started = async (events: readonly string[] = []) => {
    acme = await startAcme({ permissions: { checks: 'write' }, events })
    one = acme.org.createRepository({ name: 'one' })
    await acme.sim.idle()
    acme.receiver.forget()
  }
  const heard = async () => {
    await acme.sim.idle()
    const all = acme.receiver.received.map(({ headers, payload }) => ({ event: headers['x-github-event'], payload }))
    acme.receiver.forget()
    return all.filter(({ event }) => event === 'check_suite').map(({ payload }) => payload)
  }

  it('are asked for by a push, of Apps that write checks, whatever they subscribed to', async () => {
    await started()
    const before = one.branches.get('main')
    const after = one.push()
    const [asked, ...others] = await heard()
    expect(others).toEqual([])
    expect(asked).toMatchObject({
      action: 'requested',
      check_suite: { head_branch: 'main', head_sha: after, before, after, status: 'queued', conclusion: null },
      repository: { name: 'one' },
      organization: { login: 'acme' },
      installation: { id: acme.installation.id },
    })
    expect(asked.check_suite).toMatchObject({ app: { id: acme.app.id }, head_commit: { id: after } })
    acme.installation.suspend()
    one.push()
    acme.installation.unsuspend()
    acme.installation.revoke('checks')
    one.push()
    expect(await heard()).toEqual([])
  })

  it('hold the runs of one App on one commit, and end with the last of them', async () => {
    await started(['check_suite'])
    const sha = one.push()
    const [{ check_suite }] = await heard()
    const ask = await acme.asInstallation()
    const create = async (name: string) =>
      (await ask('POST', '/repos/acme/one/check-runs', { name, head_sha: sha })).body
    const [a, b] = [await create('a'), await create('b')]
    expect([a.check_suite.id, b.check_suite.id]).toEqual([check_suite.id, check_suite.id])
    await ask('PATCH', `/repos/acme/one/check-runs/${a.id}`, { conclusion: 'success' })
    expect(await heard()).toEqual([])
    await ask('PATCH', `/repos/acme/one/check-runs/${b.id}`, { conclusion: 'failure' })
    expect(await heard()).toMatchObject([
      {
        action: 'completed',
        check_suite: { id: check_suite.id, status: 'completed', conclusion: 'failure', latest_check_runs_count: 2 },
      },
    ])
  })

  it('can be asked for again', async () => {
    await started()
    one.push()
    await heard()
    const [suite] = one.checkSuites
    one.rerequestCheckSuite(suite?.id ?? 0, { sender: 'ann' })
    expect(await heard()).toMatchObject([
      { action: 'rerequested', check_suite: { id: suite?.id }, sender: { login: 'ann' } },
    ])
    expect(() => one.rerequestCheckSuite(1)).toThrow('There is no check suite 1.')
  })
})
