import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { Holding } from '../../../src/model/access.ts'
import { at, control, everywhere, type Town, twoOrganizations } from './two-organizations.ts'

let town: Town
beforeEach(async () => {
  town = await twoOrganizations()
})
afterEach(() => town.close())

/** Hears a stream; `until` gives all that was heard so far, once a part was among it, or it ended. */
async function listen(holdings: readonly Holding[]) {
  const answer = await town.ask(holdings, '/events')
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const reader = answer.body?.getReader()
  let heard = ''
  const until = async (part: string) => {
    while (!heard.includes(part)) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) return `${heard}(the end)`
      heard += Buffer.from(value).toString()
    }
    return heard
  }
  return { until, leave: () => reader?.cancel() }
}

const messages = (heard: string): unknown[] =>
  [...heard.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''))

it('tells each listener of what is new for them', async () => {
  const { acme, other, store } = town
  const [mine, all] = [await listen(at(acme.organization)), await listen(everywhere())]
  await mine.until(': listening')
  await all.until(': listening')
  await store.transaction(async (tx) => {
    await control(tx, other.organization, 'GitHub > Organization > CMDB', 'ok')
    await control(tx, acme.organization, 'GitHub > Organization > CMDB', 'alarm')
  })
  const own = (await store.search.activities('everything', { ...first, filter: of(acme.organization.id) })).rows[0]
  const theirs = (await store.search.activities('everything', { ...first, filter: of(other.organization.id) })).rows[0]
  const told = messages(await mine.until('"kind":"control"'))
  expect(told).toContainEqual({ kind: 'activity', ids: [own?.id], many: false })
  expect(told).toContainEqual({ kind: 'resource', ids: [acme.organization.id], many: false })
  expect(messages(await all.until('"kind":"control"'))).toContainEqual({
    kind: 'activity',
    ids: [own?.id, theirs?.id],
    many: false,
  })
  await mine.leave()
  await all.leave()
})

const first = { after: null, limit: 1, now: 0 }
const of = (id: number) => ({ words: [], terms: [{ name: 'resource', values: [String(id)], isNot: false }] })

it('ends with the server', async () => {
  const stream = await listen(everywhere())
  await stream.until(': listening')
  await town.close()
  expect(await stream.until('nothing')).toContain('(the end)')
  town = await twoOrganizations()
})
