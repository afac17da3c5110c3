import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Holding } from '../../../src/model/access.ts'
import { at, canary, everywhere, type Town, twoOrganizations } from './two-organizations.ts'

let town: Town
let held: { connectionId: number; controlId: number; change: string }
beforeAll(async () => {
  town = await twoOrganizations()
  const { store, acme } = town
  const [control] = await store.controls.list(acme.connection.id, { resourceId: acme.repositories[1]?.id ?? 0 })
  const path = 'GitHub > Repository > Visibility'
  held = { connectionId: acme.connection.id, controlId: control?.id ?? 0, change: `${path}@86400000` }
})
afterAll(() => town.close())

const ask = async (holdings: readonly Holding[], method: string, path: string, body?: object) => {
  const sent = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await town.ask(holdings, path, { method, ...sent })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const hold = (kind: 'first-plan' | 'policy-change-cap') =>
  town.store.enforcements.hold({
    ...held,
    kind,
    reason: 'A person looks first.',
    until: null,
    changes: [{ field: 'visibility', before: 'public', after: 'private' }],
    since: 5_000,
  })
const below = (path: string) => `/connections/${held.connectionId}/enforcement/${path}`
const woken = async () =>
  (await town.store.jobs.list('queued', 99)).filter(
    ({ kind, connectionId }) => kind === 'control' && connectionId === held.connectionId,
  )
const admin = () => at(town.acme.organization, 'Admin')

it('shows a plan and has that very plan confirmed, once no control is still to be judged', async () => {
  await hold('first-plan')
  const { body } = await ask(admin(), 'GET', below('plan'))
  expect(body).toMatchObject({
    total: 1,
    toCome: 0,
    items: [{ kind: 'first-plan', changes: [{ field: 'visibility', before: 'public', after: 'private' }] }],
  })
  expect(await ask(admin(), 'POST', below('plan/confirmation'), { plan: 'another' })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('changed since') },
  })
  expect(await woken()).toEqual([])
  expect(await ask(admin(), 'POST', below('plan/confirmation'), { plan: body.plan })).toEqual({
    status: 200,
    body: { count: 1 },
  })
  expect(await woken()).toHaveLength(1)
  expect(await ask(admin(), 'POST', below('plan/confirmation'), { plan: body.plan })).toMatchObject({
    status: 409,
    body: { detail: '1 control is still to be judged, so the plan is not whole yet. Look again then.' },
  })
})

it('lists what waits, and lets through what a cap holds', async () => {
  await hold('policy-change-cap')
  expect(await ask(admin(), 'GET', '/enforcement')).toMatchObject({
    body: {
      items: [
        {
          login: 'acme',
          stopped: null,
          confirmed: { by: 'mona' },
          waiting: [
            {
              kind: 'policy-change-cap',
              policy: 'GitHub > Repository > Visibility',
              setAt: '1970-01-02T00:00:00.000Z',
              count: 1,
              since: '1970-01-01T00:00:05.000Z',
            },
          ],
          toCome: 1,
        },
      ],
    },
  })
  expect(await ask(admin(), 'GET', below('waiting'))).toMatchObject({
    body: { items: [{ resource: { title: 'acme/repo-1' }, reason: 'A person looks first.' }], next: null },
  })
  const other = { policy: 'GitHub > Organization > Blocked Users' }
  expect(await ask(admin(), 'POST', below('release'), other)).toEqual({ status: 200, body: { count: 0 } })
  expect(await ask(admin(), 'POST', below('release'), {})).toEqual({ status: 200, body: { count: 1 } })
})

it('stops enforcement of all, for whoever may, and remembers who did', async () => {
  expect((await ask(admin(), 'PUT', '/enforcement/stop', {})).status).toBe(403)
  expect((await ask(everywhere('ReadOnly'), 'PUT', '/enforcement/stop', {})).status).toBe(403)
  const stopped = { everywhere: true, to: 'stopped', by: 'mona', why: 'an audit' }
  expect(await ask(everywhere('Operator'), 'PUT', '/enforcement/stop', { why: 'an audit' })).toMatchObject({
    status: 200,
    body: stopped,
  })
  expect((await ask(admin(), 'GET', '/enforcement')).body).toMatchObject({ items: [{ stopped }] })
  expect((await ask(everywhere('Operator'), 'DELETE', '/enforcement/stop')).status).toBe(403)
  expect(await ask(everywhere('Admin'), 'DELETE', '/enforcement/stop')).toMatchObject({ body: { to: 'going' } })
  const { body } = await ask(admin(), 'GET', below('stop'))
  expect(body).toMatchObject({ items: [{ to: 'going' }, stopped] })
  expect(JSON.stringify(body)).not.toContain(canary)
})
