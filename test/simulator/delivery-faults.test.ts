import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { DeliveryFault } from '../../src/simulator/faults/delivery-fault.ts'
import { type Acme, startAcme } from './acme.ts'

describe('a fault of deliveries', () => {
  let acme: Acme
  beforeEach(async () => {
    acme = await startAcme({ events: ['repository'] })
  })
  afterEach(() => acme.close())

  const on = (fault: DeliveryFault, times?: number) => acme.sim.faults.deliveries({ fault, times })
  const create = async (...names: string[]) => {
    for (const name of names) acme.org.createRepository({ name })
    await acme.sim.idle()
  }
  const names = () => acme.receiver.received.map(({ payload }) => payload.repository.name)
  const log = async () => (await acme.asApp('GET', '/app/hook/deliveries')).body

  it.each([
    ['failed to connect', 'failed to connect to host', 502],
    ['timed out', 'timed out', 0],
    ['OK', 'OK', 200],
  ] as const)('drops them, and logs %s', async (kind, status, code) => {
    on({ kind: 'drop', log: kind }, 1)
    await create('one')
    expect(names()).toEqual([])
    expect((await log())[0]).toMatchObject({ event: 'repository', status, status_code: code })
    await create('two')
    expect(names()).toEqual(['two'])
  })

  it('drops them without a trace', async () => {
    const before = (await log()).length
    on({ kind: 'drop', log: 'nothing' })
    await create('one')
    expect([names(), (await log()).length]).toEqual([[], before])
  })

  it('makes them late, and GitHub is not idle until then', async () => {
    on({ kind: 'delay', ms: 30 }, 1)
    await create('late', 'early')
    expect(names()).toEqual(['early', 'late'])
  })

  it('sends them more than once, under one GUID', async () => {
    on({ kind: 'duplicate', copies: 3 })
    await create('one')
    expect(names()).toEqual(['one', 'one', 'one'])
    expect(new Set(acme.receiver.received.map(({ headers }) => headers['x-github-delivery'])).size).toBe(1)
  })

  it('lets later ones go first', async () => {
    on({ kind: 'reorder', behind: 2, withinMs: 5000 }, 1)
    await create('a', 'b', 'c', 'd')
    expect(names().indexOf('a')).toBeGreaterThanOrEqual(2)
    expect(names().toSorted()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('lets none wait for ever that no later one follows', async () => {
    on({ kind: 'reorder', behind: 5, withinMs: 10 })
    await create('alone')
    expect(names()).toEqual(['alone'])
  })

  it('delivers them without hearing the answer', async () => {
    on({ kind: 'cut' }, 1)
    await create('one')
    expect(names()).toEqual(['one'])
    const [{ id, status }] = await log()
    expect(status).toBe('timed out')
    await acme.asApp('POST', `/app/hook/deliveries/${id}/attempts`)
    await acme.sim.idle()
    expect(names()).toEqual(['one', 'one'])
    expect((await log())[0]).toMatchObject({ status: 'OK', redelivery: true })
  })

  it('holds them back, and says so in the log', async () => {
    on({ kind: 'throttle', ms: 10 }, 1)
    await create('one')
    expect(names()).toEqual(['one'])
    const [{ throttled_at, delivered_at }] = await log()
    expect(throttled_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(Date.parse(throttled_at)).toBeLessThanOrEqual(Date.parse(delivered_at))
  })

  it('strikes which it is told to, and spares what a test sends itself', async () => {
    acme.sim.faults.deliveries({ fault: { kind: 'drop' }, when: ({ action }) => action === 'renamed' })
    const one = acme.org.createRepository({ name: 'one' })
    one.rename('two')
    await acme.sim.idle()
    expect(acme.receiver.events()).toEqual(['repository.created'])
    acme.sim.holdDeliveries()
    one.rename('three')
    await acme.sim.held[0]?.send()
    expect(acme.receiver.events()).toEqual(['repository.created', 'repository.renamed'])
  })

  it('waits no longer when the simulator closes', async () => {
    const other = await startAcme({ events: ['repository'] })
    other.sim.faults.deliveries({ fault: { kind: 'delay', ms: 3_600_000 } })
    other.org.createRepository({ name: 'one' })
    await other.close()
    expect(other.sim.deliveriesOf(other.app.hook).at(-1)).toMatchObject({ event: 'repository' })
  })
})

it('a log keeps what was sent of the newest deliveries only, when it is told so', async () => {
  const acme = await startAcme({ events: ['repository'], keepPayloads: 1 })
  for (const name of ['one', 'two']) acme.org.createRepository({ name })
  await acme.sim.idle()
  const [newest, older] = (await acme.asApp('GET', '/app/hook/deliveries')).body
  const detail = async ({ id }: { id: number }) => (await acme.asApp('GET', `/app/hook/deliveries/${id}`)).body
  expect((await detail(newest)).request.payload.action).toBe('created')
  expect(await detail(older)).toMatchObject({
    status: 'OK',
    request: { headers: null, payload: null },
    response: { headers: null, payload: null },
  })
  expect((await acme.asApp('POST', `/app/hook/deliveries/${older.id}/attempts`)).status).toBe(404)
  await acme.close()
})
