import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { at, everywhere, type Town, twoOrganizations } from './two-organizations.ts'

let town: Town
let id: unknown
beforeAll(async () => {
  town = await twoOrganizations()
  const answer = await town.ask(everywhere(), '/controls?filter=state:alarm%20acme')
  const { items } = (await answer.json()) as { items: { id: number }[] }
  id = items[0]?.id
})
afterAll(() => town.close())

const operator = () => at(town.acme.organization, 'Operator')
const mute = async (body: object) => {
  const headers = { 'content-type': 'application/json' }
  const answer = await town.ask(operator(), `/controls/${id}/mute`, {
    method: 'PUT',
    headers,
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const unmute = () => town.ask(operator(), `/controls/${id}/mute`, { method: 'DELETE' })
const toCome = '2999-01-01T00:00:00Z'

it.each([
  [{ until: 'date' }, '/date', 'A mute until a date takes `date`, a time that is still to come.'],
  [
    { until: 'date', date: '2020-01-01T00:00:00Z' },
    '/date',
    'A mute until a date takes `date`, a time that is still to come.',
  ],
  [{ until: 'ok', date: toCome }, '/date', 'Only a mute until a date takes `date`.'],
  [{ until: 'alarm' }, '/until', 'It is Alarm already, so such a mute would end at once.'],
])('%j is refused, with what is wrong and where', async (body, pointer, detail) => {
  expect(await mute(body)).toMatchObject({ status: 422, body: { detail, errors: [{ pointer, detail }] } })
  expect((await unmute()).status).toBe(404)
})

it('mutes until a date, and lifts it once, with the control judged again', async () => {
  expect(await mute({ until: 'date', date: toCome, note: 'known' })).toMatchObject({
    status: 200,
    body: { until: 'date', date: '2999-01-01T00:00:00.000Z', note: 'known', by: 'mona' },
  })
  expect((await unmute()).status).toBe(204)
  const jobs = await town.store.jobs.list('queued', 100)
  expect(jobs.filter(({ kind }) => kind === 'control').map(({ payload }) => payload)).toMatchObject([
    { why: 'unmuted' },
  ])
  const again = await unmute()
  expect(again.status).toBe(404)
  expect(await again.json()).toMatchObject({ detail: expect.stringContaining('mute') })
})
