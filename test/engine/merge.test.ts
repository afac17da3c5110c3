import { runInNewContext } from 'node:vm'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { merge } from '../../src/engine/merge.ts'
import type { Resource, Source } from '../../src/model/resource.ts'
import type { Observation } from '../../src/model/resource-type.ts'
import { flag, quiet, text, time } from '../../src/model/resource-type.ts'

type Seen = Extract<Observation, { kind: 'seen' }>

const type = {
  fields: {
    name: text.from('repository', 'Loud.'),
    isArchived: flag.from('repository', 'Loud.'),
    pushedAt: quiet(time.from('push', 'Quiet.')),
    headSha: quiet(text.from('push', 'Quiet.')),
  },
}

const stored = (data: Resource['data'], more: Partial<Resource> & { source?: Source; at?: number } = {}): Resource => {
  const { source = 'read', at = 100, ...rest } = more
  const sightings = Object.fromEntries(Object.keys(data).map((field) => [field, { source, at }]))
  return {
    id: 1,
    connectionId: 1,
    type: 'GitHub > Repository',
    nodeId: 'R_1',
    parentId: null,
    title: 'acme/web',
    data,
    sightings,
    revision: 50,
    version: 1,
    createdAt: 1,
    lastSeen: { source, at },
    readAt: source === 'event' ? null : at,
    refusal: null,
    goneAt: null,
    goneReason: null,
    ...rest,
  }
}
const seen = (data: Seen['data'], revision?: number): Seen => ({
  kind: 'seen',
  nodeId: 'R_1',
  data,
  ...(revision !== undefined && { revision }),
})

/** What became of it: the data afterwards (null: nothing is written), and whether a read is asked for. */
const end = (known: Resource | null, said: Seen, source: Source, at: number) => {
  const { next, unsettled } = merge(type, known, said, { source, at })
  return { data: next ? next.data : null, unsettled }
}

describe('merge', () => {
  const web = stored({ name: 'web', isArchived: false })

  it.each<[string, Resource | null, Seen, Source, number, ReturnType<typeof end>]>([
    [
      'an event of something new fills in and asks',
      null,
      seen({ name: 'web' }, 50),
      'event',
      100,
      { data: { name: 'web' }, unsettled: true },
    ],
    [
      'a read of something new settles',
      null,
      seen({ name: 'web' }, 50),
      'read',
      100,
      { data: { name: 'web' }, unsettled: false },
    ],
    [
      'a newer event is believed, and looked up',
      web,
      seen({ name: 'site' }, 51),
      'event',
      200,
      { data: { name: 'site', isArchived: false }, unsettled: true },
    ],
    [
      'a newer event that says nothing new asks nothing',
      web,
      seen({ name: 'web' }, 51),
      'event',
      200,
      { data: { name: 'web', isArchived: false }, unsettled: false },
    ],
    [
      'an older event writes nothing, but asks',
      web,
      seen({ name: 'old' }, 49),
      'event',
      200,
      { data: null, unsettled: true },
    ],
    [
      'an older event that says the same asks nothing',
      web,
      seen({ name: 'web' }, 49),
      'event',
      200,
      { data: null, unsettled: false },
    ],
    [
      'an event of the same second contradicts: a read decides',
      web,
      seen({ name: 'site' }, 50),
      'event',
      200,
      { data: null, unsettled: true },
    ],
    [
      'an event without a counter that came later is believed, and looked up',
      web,
      seen({ name: 'site' }),
      'event',
      200,
      { data: { name: 'site', isArchived: false }, unsettled: true },
    ],
    [
      'an event that came before what is known keeps out, and asks',
      web,
      seen({ name: 'site' }),
      'event',
      99,
      { data: { name: 'web', isArchived: false }, unsettled: true },
    ],
    [
      'a read of the same second is believed',
      web,
      seen({ name: 'site' }, 50),
      'read',
      200,
      { data: { name: 'site', isArchived: false }, unsettled: false },
    ],
    [
      'a read that was asked for before the newest one is dropped',
      web,
      seen({ name: 'site' }, 50),
      'read',
      99,
      { data: null, unsettled: false },
    ],
    [
      'a read that GitHub answers from yesterday’s copy is dropped, and asked again',
      web,
      seen({ name: 'old' }, 49),
      'read',
      200,
      { data: null, unsettled: true },
    ],
    [
      'a read is believed a minute later, whatever its counter says',
      web,
      seen({ name: 'old' }, 49),
      'read',
      60_101,
      { data: { name: 'old', isArchived: false }, unsettled: false },
    ],
    [
      'discovery counts as a read',
      web,
      seen({ isArchived: true }, 50),
      'discovery',
      200,
      { data: { name: 'web', isArchived: true }, unsettled: false },
    ],
    [
      'a read in flight does not overwrite what an event said meanwhile',
      stored({ name: 'site' }, { source: 'event', at: 150, revision: null, readAt: 100 }),
      seen({ name: 'web' }),
      'read',
      120,
      { data: { name: 'site' }, unsettled: true },
    ],
    [
      'null is a value',
      stored({ name: 'web' }),
      seen({ name: null }, 51),
      'read',
      200,
      { data: { name: null }, unsettled: false },
    ],
  ])('%s', (_what, known, said, source, at, expected) => {
    expect(end(known, said, source, at)).toEqual(expected)
  })

  it.each<[string, Resource, Seen, ReturnType<typeof end>]>([
    [
      'a later push moves the head and asks nothing',
      stored({ pushedAt: '2026-01-01T00:00:05Z', headSha: 'a' }),
      seen({ pushedAt: '2026-01-01T00:00:06Z', headSha: 'b' }),
      { data: { pushedAt: '2026-01-01T00:00:06Z', headSha: 'b' }, unsettled: false },
    ],
    [
      'an earlier push that comes late moves nothing, but asks',
      stored({ pushedAt: '2026-01-01T00:00:05Z', headSha: 'c' }),
      seen({ pushedAt: '2026-01-01T00:00:04Z', headSha: 'b' }),
      { data: null, unsettled: true },
    ],
    [
      'of two pushes in one second a read decides',
      stored({ pushedAt: '2026-01-01T00:00:05Z', headSha: 'c' }),
      seen({ pushedAt: '2026-01-01T00:00:05Z', headSha: 'b' }),
      { data: null, unsettled: true },
    ],
    [
      'an earlier push to another branch asks nothing',
      stored({ pushedAt: '2026-01-01T00:00:05Z', headSha: 'c' }),
      seen({ pushedAt: '2026-01-01T00:00:04Z' }),
      { data: null, unsettled: false },
    ],
    [
      'the first push known is believed',
      stored({ name: 'web' }),
      seen({ pushedAt: '2026-01-01T00:00:05Z', headSha: 'b' }),
      { data: { name: 'web', pushedAt: '2026-01-01T00:00:05Z', headSha: 'b' }, unsettled: false },
    ],
  ])('%s', (_what, known, said, expected) => {
    expect(end(known, said, 'event', 200)).toEqual(expected)
  })

  it('tells each change with what was before, and of a field seen first that nothing was known', () => {
    const { changes } = merge(type, stored({ name: 'web' }), seen({ name: 'site', isArchived: true }, 51), {
      source: 'read',
      at: 200,
    })
    expect(changes).toEqual([
      { field: 'name', before: 'web', after: 'site' },
      { field: 'isArchived', before: undefined, after: true },
    ])
  })

  it('finds no change in the same JSON, wherever it was made', () => {
    const said = { name: runInNewContext('({ a: [1, { b: null }], c: undefined })') }
    const { changes } = merge(type, stored({ name: { a: [1, { b: null }] } }), seen(said, 51), {
      source: 'read',
      at: 200,
    })
    expect(changes).toEqual([])
    for (const other of [{ a: [1, { b: 0 }] }, { a: [1] }, { a: { 0: 1, 1: { b: null } } }, {}, null, [], '{}'])
      expect(merge(type, stored({ name: other }), seen(said, 51), { source: 'read', at: 200 }).changes).toHaveLength(1)
  })

  it('takes a resource that is read again as back, and a refusal as past', () => {
    const refusal = { code: 'unknown', reason: 'x' } as unknown as Resource['refusal']
    const gone = stored({ name: 'web' }, { goneAt: 150, goneReason: 'deleted', refusal })
    expect(merge(type, gone, seen({ name: 'web' }, 50), { source: 'read', at: 200 }).next).toMatchObject({
      goneAt: null,
      goneReason: null,
      refusal: null,
      readAt: 200,
      revision: 50,
    })
  })
})

interface State {
  readonly name: string
  readonly isArchived: boolean
  readonly headSha: string
  readonly pushedAt: string
  /** Whole seconds, like GitHub's. */
  readonly revision: number
}

const moment = (second: number) => new Date(second * 1000).toISOString()

const initially: State = { name: 'n0', isArchived: false, headSha: 'h0', pushedAt: moment(1), revision: 1 }

type Change = { what: 'name' | 'isArchived' | 'push'; later: 0 | 1 }

/** Values come back (a name is taken again, a branch is reset), so that being equal to the present proves nothing. */
function changed(state: State, { what, later }: Change, index: number): State {
  const revision = state.revision + later
  if (what === 'name') return { ...state, revision, name: `n${index % 3}` }
  if (what === 'isArchived') return { ...state, revision, isArchived: !state.isArchived }
  return { ...state, revision, headSha: `h${index % 3}`, pushedAt: moment(revision) }
}

const eventOf = ({ what }: Change, { name, isArchived, headSha, pushedAt, revision }: State): Seen =>
  what === 'push' ? seen({ headSha, pushedAt }) : seen({ name, isArchived }, revision)

type Step = { do: 'change' } | { do: 'deliver'; which: number } | { do: 'ask' } | { do: 'answer'; stale: boolean }

/** GitHub and a CMDB beside it that knows GitHub only by late, shuffled, repeated events and by reads that take time. */
function world(changes: readonly Change[]) {
  const history: State[] = [initially]
  const events: Seen[] = []
  const reading: { at: number; truth: State }[] = []
  let known: Resource | null = null
  let isAsked = false
  let now = 100
  const present = () => history.at(-1) ?? initially
  const take = (said: Seen, source: Source, at: number) => {
    const { next, unsettled } = merge(type, known, said, { source, at })
    if (next) known = { ...stored({}), ...next }
    isAsked ||= unsettled
  }
  return {
    present,
    get known() {
      return known
    },
    get isAsked() {
      return isAsked
    },
    tick: (by: number) => {
      now += by
    },
    change: () => {
      const change = changes[history.length - 1]
      if (!change) return
      history.push(changed(present(), change, history.length))
      events.push(eventOf(change, present()))
    },
    deliver: (which: number) => {
      const event = events[which % events.length]
      if (event) take(event, 'event', now)
    },
    ask: () => {
      reading.push({ at: now, truth: present() })
      isAsked = false
    },
    /** The answer is of any moment between the question and now. */
    answer: (stale: boolean) => {
      const read = reading.shift()
      if (!read) return
      const { revision, ...data } = stale ? read.truth : present()
      take(seen(data, revision), 'read', read.at)
    },
    get isReading() {
      return reading.length > 0
    },
  }
}

const change = fc.record<Change>({
  what: fc.constantFrom('name', 'isArchived', 'push'),
  later: fc.constantFrom(0, 1),
})
const step = fc.oneof<fc.Arbitrary<Step>[]>(
  fc.constant({ do: 'change' }),
  fc.record({ do: fc.constant('deliver'), which: fc.nat(30) }),
  fc.constant({ do: 'ask' }),
  fc.record({ do: fc.constant('answer'), stale: fc.boolean() }),
)

describe('events in any order, any number of times, and the reads they prompt', () => {
  it('end in what is true', () => {
    const steps = fc.array(fc.tuple(step, fc.constantFrom(1, 1, 1, 2)), { maxLength: 40 })
    const late = fc.shuffledSubarray(
      Array.from({ length: 12 }, (_, index) => index),
      { minLength: 12 },
    )
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), steps, late, (changes, steps, late) => {
        const it = world(changes)
        for (const [step, ms] of steps) {
          it.tick(ms)
          if (step.do === 'deliver') it.deliver(step.which)
          else if (step.do === 'answer') it.answer(step.stale)
          else it[step.do]()
        }
        for (const _ of changes) it.change()
        for (const which of late) {
          it.tick(1)
          if (which < changes.length) it.deliver(which)
        }
        while (it.isReading) it.answer(true)
        for (let reads = 0; it.isAsked; reads++) {
          expect(reads).toBeLessThan(5)
          it.tick(1)
          it.ask()
          it.answer(false)
        }
        const { revision: _, ...truth } = it.present()
        expect({ ...truth, ...it.known?.data }).toEqual(truth)
      }),
      { numRuns: 3_000, seed: 20_261_122 },
    )
  })
})
