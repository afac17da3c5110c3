import { describe, expect, it } from '@jest/globals'
import { organizationCmdb } from '../../src/controls/organization/cmdb.ts'
import { repositoryCmdb } from '../../src/controls/repository/cmdb.ts'
import type { Resource, Source } from '../../src/model/resource.ts'
import { resourceOf } from './resource.ts'

const at = Date.UTC(2026, 0, 15, 12)

describe.each([
  ['GitHub > Organization', organizationCmdb],
  ['GitHub > Repository', repositoryCmdb],
] as const)('%s > CMDB', (type, control) => {
  const judged = (more: Partial<Resource>) => {
    const { evaluate } = control as unknown as { evaluate(input: object): unknown }
    const resource = resourceOf(type, {}, { lastSeen: { source: 'read', at }, readAt: at, ...more })
    return evaluate({ resource, related: {}, wanted: 'Enabled', values: {}, now: at })
  }

  it.each<[Source, string]>([
    ['event', 'an event'],
    ['read', 'a read'],
    ['discovery', 'discovery'],
    ['enforcement', 'an enforcement'],
  ])('is OK with the time and the source %s of the last observation', (source, by) => {
    expect(judged({ lastSeen: { source, at } })).toEqual({
      state: 'ok',
      reason: 'Recorded.',
      evidence: [{ about: 'Last seen', found: `2026-01-15T12:00:00.000Z by ${by}`, state: 'ok', volatile: true }],
      diagnoses: [],
    })
  })

  it('is TBD while an event alone has told of it', () => {
    expect(judged({ lastSeen: { source: 'event', at }, readAt: null })).toMatchObject({
      state: 'tbd',
      reason: 'Told of by an event; the read that settles it is on its way.',
    })
  })

  it('is an Error while GitHub refuses to be read, read before or not', () => {
    const refusal = { code: 'hidden', reason: 'GitHub hides it.' } as const
    for (const readAt of [at, null])
      expect(judged({ refusal, readAt })).toMatchObject({
        state: 'error',
        reason: 'GitHub hides it.',
        diagnoses: [refusal],
      })
  })

  it('keeps our own records by default, and can only be skipped', () => {
    expect(control.policy.values).toEqual(['Skip', 'Enforce: Enabled'])
    expect(control.policy.default({ kind: 'token' })).toBe('Enforce: Enabled')
    expect(control.target).toBe(type)
  })
})
