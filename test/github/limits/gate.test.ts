import { describe, expect, it } from '@jest/globals'
import { type AtGate, answered, atGate, creation, query, read, refusedWith, write } from './at-gate.ts'

const times = (count: number) => Array.from({ length: count }, (_, index) => index)
const names = ({ sent }: AtGate) => sent.map(({ name }) => name)
const begun = (at: AtGate) => at.sent.map(({ begunAt }) => at.since(begunAt))

describe('at the gate', () => {
  it('nobody waits while there is room', async () => {
    const at = atGate()
    for (const index of times(10)) void at.ask(`read ${index}`, read)
    await at.time.run()
    expect(begun(at)).toEqual(times(10).map(() => 0))
    expect(at.gate.waiting()).toBe(0)
  })

  it('so many go at a time, live work first', async () => {
    const at = atGate({ concurrency: 5 })
    for (const index of times(6)) void at.ask(`discovery ${index}`, read, { kind: 'background', takes: 100 })
    void at.ask('event', read, { takes: 100 })
    void at.ask('report', read, { takes: 100 })
    await at.time.run()
    expect(names(at)).toEqual([
      ...['discovery 0', 'discovery 1', 'discovery 2', 'discovery 3', 'event'],
      ...['report', 'discovery 4', 'discovery 5'],
    ])
    expect(begun(at)).toEqual([0, 0, 0, 0, 0, 100, 100, 100])
  })

  it('half of a minute’s points go at once, the rest is spaced, and nobody is sent away who asks one by one', async () => {
    const at = atGate({ restPointsPerMinute: 60 })
    const oneByOne = async () => {
      for (const index of times(180)) await at.ask(`read ${index}`, read)
    }
    void oneByOne()
    await at.time.run()
    expect(at.held).toEqual([])
    // Thirty are left for the minute: one in two seconds.
    expect(begun(at).slice(29, 32)).toEqual([0, 2000, 4000])
    expect(begun(at)[179]).toBeLessThanOrEqual(185_000)
  })

  it('writes are a second apart after the first twenty, and thousands go through', async () => {
    const at = atGate()
    const oneByOne = async () => {
      for (const index of times(1200)) await at.ask(`write ${index}`, write)
    }
    void oneByOne()
    await at.time.run()
    expect(at.held).toEqual([])
    expect(begun(at).slice(19, 23)).toEqual([0, 1000, 2000, 3000])
    expect(begun(at)[1199]).toBeLessThanOrEqual(920_000)
  })

  it('reads do not wait for writes', async () => {
    const at = atGate({ writesPerMinute: 4 })
    for (const index of times(4)) void at.ask(`write ${index}`, write)
    void at.ask('read', read)
    await at.time.run()
    expect(names(at).slice(0, 2)).toEqual(['write 0', 'read'])
  })

  it('only so many at a time are counted where the server has its limits switched off', async () => {
    const at = atGate({ writesPerMinute: 4, concurrency: 2 })
    void at.ask('first', read, { heard: answered({}) })
    await at.time.run()
    for (const index of times(10)) void at.ask(`write ${index}`, write, { takes: 10, heard: answered({}) })
    await at.time.run()
    expect(begun(at).slice(1)).toEqual([0, 0, 10, 10, 20, 20, 30, 30, 40, 40])
  })

  it('who would wait too long is told when to come again', async () => {
    const at = atGate({ creationsPerHour: 2 })
    for (const index of times(3)) void at.ask(`issue ${index}`, creation)
    await at.time.run()
    expect(at.held).toEqual([
      {
        name: 'issue 2',
        at: at.time.clock(),
        until: at.time.clock() + 3_600_000,
        why: "to stay within GitHub's secondary rate limits",
      },
    ])
  })

  it('who has waited long enough is sent away too', async () => {
    const at = atGate({ concurrency: 1, patienceMs: 3000 })
    void at.ask('slow', read, { takes: 9000 })
    void at.ask('waiting', read)
    await at.time.run(at.time.clock() + 2999)
    expect(at.gate.waiting()).toBe(1)
    await at.time.run()
    expect(at.held).toMatchObject([{ name: 'waiting', why: 'since enough requests are under way' }])
    expect(at.held.map((hold) => [at.since(hold.at), at.since(hold.until)])).toEqual([[3000, 6000]])
  })

  it('background work leaves a fifth of each minute to live work', async () => {
    const at = atGate({ graphPointsPerMinute: 100, patienceMs: 120_000 })
    const flood = times(300).map((index) => at.ask(`page ${index}`, query, { kind: 'background' }))
    await at.time.run(at.time.clock() + 59_999)
    expect(at.sent.length).toBeLessThanOrEqual(80)
    void at.ask('event', query)
    await at.time.run(at.time.clock())
    expect(names(at).at(-1)).toBe('event')
    void Promise.all(flood)
    await at.time.run()
  })
})

describe('a secondary limit', () => {
  const words = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'

  it('keeps everybody away for as long as GitHub says, those who wait included', async () => {
    const at = atGate({ concurrency: 2 })
    const refused = at.ask('refused', read, { takes: 100, heard: refusedWith(403, words, { 'retry-after': '17' }) })
    for (const index of times(5)) void at.ask(`read ${index}`, read, { takes: 200 })
    await at.time.run()
    expect(names(at)).toEqual(['refused', 'read 0'])
    expect(at.since((await refused) ?? 0)).toBe(17_100)
    expect(at.held.map(({ name, until, why }) => [name, at.since(until), why])).toEqual(
      // They come back one after another, at half the usual 900 a minute.
      [17_100, 17_234, 17_368, 17_502].map((until, index) => [
        `read ${index + 1}`,
        until,
        'since GitHub asked to slow down',
      ]),
    )
    void at.ask('write', write)
    void at.ask('query', query, { kind: 'background' })
    await at.time.run()
    expect(at.held.slice(4).map(({ name, until }) => [name, at.since(until)])).toEqual([
      ['write', 17_100],
      ['query', 17_100],
    ])
  })

  it('that is nearly over is waited for', async () => {
    const at = atGate()
    void at.ask('refused', read, { heard: refusedWith(429, '', { 'retry-after': '4' }) })
    await at.time.run(at.time.clock())
    void at.ask('read', read)
    await at.time.run()
    expect(begun(at)).toEqual([0, 4000])
  })

  it('without a time lasts a minute, then two, then four', async () => {
    const at = atGate()
    const waits: number[] = []
    for (const _ of times(3)) {
      const until = at.ask('refused', read, { heard: refusedWith(403, words) })
      await at.time.run(at.time.clock())
      waits.push(((await until) ?? 0) - at.time.clock())
      await at.time.run((await until) ?? 0)
    }
    expect(waits).toEqual([60_000, 120_000, 240_000])
  })

  it('met by several at once is met once', async () => {
    const at = atGate()
    const refused = times(8).map((index) =>
      at.ask(`${index}`, read, { takes: 10 + index, heard: refusedWith(403, words) }),
    )
    await at.time.run()
    expect((await Promise.all(refused)).map((until) => at.since(until ?? 0))).toEqual(
      times(8).map((index) => 60_010 + index),
    )
    await at.time.run(at.time.clock() + 60_000)
    const again = at.ask('again', read, { heard: refusedWith(403, words) })
    await at.time.run(at.time.clock())
    expect(((await again) ?? 0) - at.time.clock()).toBe(120_000)
  })

  it('is tried by one alone, then by all, at half the pace', async () => {
    const at = atGate({ restPointsPerMinute: 60 })
    void at.ask('refused', read, { heard: refusedWith(403, words, { 'retry-after': '60' }) })
    await at.time.run(at.time.clock() + 60_000)
    for (const index of times(16)) void at.ask(`read ${index}`, read, { takes: 500 })
    await at.time.run(at.time.clock() + 600)
    // Fifteen at once instead of thirty, then one in about four seconds instead of two.
    expect(begun(at)).toEqual([0, 60_000, ...times(14).map(() => 60_500)])
    await at.time.run()
    expect(begun(at)[16]).toBeGreaterThan(64_000)
  })

  it('is forgotten in time', async () => {
    const at = atGate({ restPointsPerMinute: 60 })
    void at.ask('refused', read, { heard: refusedWith(403, words) })
    await at.time.run(at.time.clock() + 11 * 60_000)
    void at.ask('trial', read)
    await at.time.run(at.time.clock())
    for (const index of times(29)) void at.ask(`read ${index}`, read)
    await at.time.run(at.time.clock())
    expect(begun(at)).toEqual([0, ...times(30).map(() => 660_000)])
  })
})

describe('the hour’s limit', () => {
  const begins = Date.UTC(2026, 0, 1)
  const said = (remaining: number, { resource = 'core', inSeconds = 1800 } = {}) => ({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(begins / 1000 + inSeconds),
    'x-ratelimit-resource': resource,
  })
  /** A gate that has heard these answers, one after another. */
  async function heard(...headers: Readonly<Record<string, string>>[]) {
    const at = atGate()
    for (const each of headers) {
      void at.ask('first', each['x-ratelimit-resource'] === 'graphql' ? query : read, { heard: answered(each) })
      await at.time.run(at.time.clock())
    }
    return at
  }
  /** Who of these is let in now; the others are sent away. */
  async function letIn(at: AtGate, ...asked: Parameters<AtGate['ask']>[]) {
    const before = at.sent.length
    for (const each of asked) void at.ask(...each)
    await at.time.run(at.time.clock())
    return names(at).slice(before)
  }

  it.each([
    [1001, ['discovery', 'event']],
    [1000, ['event']],
    [1, ['event']],
    [0, []],
  ])('with %d of 5,000 remaining lets in %j', async (remaining, expected) => {
    const at = await heard(said(remaining))
    expect(await letIn(at, ['discovery', read, { kind: 'background' }])).toEqual(
      expected.filter((e) => e === 'discovery'),
    )
    expect(await letIn(at, ['event', read])).toEqual(expected.filter((e) => e === 'event'))
  })

  it('is over at its reset', async () => {
    const at = await heard(said(0))
    expect(await letIn(at, ['event', read])).toEqual([])
    expect(at.held).toMatchObject([{ until: begins + 1_800_000, why: "since GitHub's hourly rate limit is used up" }])
    await at.time.run(begins + 1_800_000)
    expect(await letIn(at, ['event', read], ['discovery', read, { kind: 'background' }])).toEqual([
      'event',
      'discovery',
    ])
  })

  it('says to background work what the rest is kept for', async () => {
    const at = await heard(said(500))
    await letIn(at, ['discovery', read, { kind: 'background' }])
    expect(at.held).toMatchObject([
      { until: begins + 1_800_000, why: "since what is left of GitHub's hourly rate limit is kept for live events" },
    ])
  })

  it('counts what is under way', async () => {
    const at = await heard(said(2))
    const slow = { takes: 1000 }
    expect(await letIn(at, ['one', read, slow], ['two', read, slow], ['three', read, slow])).toEqual(['one', 'two'])
  })

  it('is REST’s and GraphQL’s apart', async () => {
    const at = await heard(said(0))
    expect(await letIn(at, ['query', query])).toEqual(['query'])
    const other = await heard(said(0, { resource: 'graphql' }))
    expect(await letIn(other, ['query', query], ['read', read])).toEqual(['read'])
  })

  it('is not raised by an answer that comes late', async () => {
    const at = await heard(said(0), said(3))
    expect(at.gate.states(at.time.clock())).toMatchObject([{ resource: 'core', remaining: 0 }])
    const later = await heard(said(7, { inSeconds: 1800 }), said(4999, { inSeconds: 1801 }))
    expect(later.gate.states(begins)).toMatchObject([{ remaining: 7 }])
    const hourOver = await heard(said(7, { inSeconds: 3600 }), said(1, { inSeconds: 3 }))
    expect(hourOver.gate.states(begins)).toMatchObject([{ remaining: 7 }])
    const newHour = await heard(said(7, { inSeconds: 3 }), said(4999, { inSeconds: 3600 }))
    expect(newHour.gate.states(begins)).toMatchObject([{ remaining: 4999 }])
  })

  it.each([
    ['tells its end', 1800, 1_800_000],
    ['ends in the past by GitHub’s clock', -600, 60_000],
    ['ends tomorrow by GitHub’s clock', 86_400, 3_600_000],
  ])('that refuses and %s is waited for', async (_, inSeconds, expected) => {
    const at = atGate()
    const heard = refusedWith(403, 'API rate limit exceeded for installation ID 77.', said(0, { inSeconds }))
    const until = at.ask('refused', read, { heard })
    await at.time.run(begins)
    expect(at.since((await until) ?? 0)).toBe(expected)
    expect(await letIn(at, ['event', read])).toEqual([])
    expect(at.held.map((hold) => at.since(hold.until))).toEqual([expected])
  })
})
