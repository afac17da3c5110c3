import { describe, expect, it } from '@jest/globals'
import type { HookLog, LoggedDelivery } from '../../../src/model/delivery-log.ts'
import { pathHealth } from '../../../src/resources/connection/path-health.ts'

const minute = 60_000
const hour = 60 * minute
const now = 100 * hour

/** An attempt so many minutes ago, that went well and came here. */
function sent(ago: number, more: Partial<LoggedDelivery> = {}): LoggedDelivery {
  const deliveredAt = now - ago * minute
  return {
    githubId: deliveredAt,
    guid: `of ${ago}`,
    deliveredAt,
    status: 'OK',
    statusCode: 202,
    event: 'repository',
    action: null,
    installationId: null,
    repositoryId: null,
    throttledAt: null,
    redelivery: false,
    receivedAt: deliveredAt,
    isReadBack: false,
    ...more,
  }
}
const down = (ago: number, more: Partial<LoggedDelivery> = {}) =>
  sent(ago, { status: 'failed to connect to host', statusCode: 502, receivedAt: null, ...more })
const elsewhere = (ago: number, more: Partial<LoggedDelivery> = {}) =>
  sent(ago, { statusCode: 200, receivedAt: null, ...more })

const health = (newest: readonly LoggedDelivery[], more: Partial<HookLog> = {}) =>
  pathHealth(
    {
      hookId: 'app',
      since: 0,
      reading: { readAt: now - 5, watermark: now - 10, wholeAt: now - 5, rest: null, refusal: null },
      newest,
      lastHeard: null,
      lost: { count: 0, since: null },
      unreadable: 0,
      ...more,
    },
    now,
  )

describe('counts', () => {
  it('are of the last 24 hours, of the last hour, and by event', () => {
    const {
      day,
      hour: last,
      events,
    } = health([sent(10), down(30, { event: 'push' }), elsewhere(50), sent(70, { event: 'push' }), down(24 * 60 + 1)])
    expect(day).toEqual({ sent: 4, failed: 1, readBack: 0, missing: 2 })
    expect(last).toEqual({ sent: 3, failed: 1, readBack: 0, missing: 2, throttled: 0 })
    expect(events).toEqual({
      push: { sent: 2, failed: 1, readBack: 0, missing: 1 },
      repository: { sent: 2, failed: 0, readBack: 0, missing: 1 },
    })
  })

  it('take a redelivery that succeeded as making up for the failure of its GUID', () => {
    const { day } = health([
      sent(5, { guid: 'a', redelivery: true }),
      down(10, { guid: 'a', receivedAt: now - 5 * minute }),
      down(20, { guid: 'b', redelivery: true }),
      down(30, { guid: 'b' }),
    ])
    expect(day).toEqual({ sent: 4, failed: 2, readBack: 0, missing: 1 })
  })

  it('take an attempt that timed out as failed, though its event came here', () => {
    const { day, failing } = health([down(5, { status: 'timed out', statusCode: 0, receivedAt: now })])
    expect(day).toEqual({ sent: 1, failed: 1, readBack: 0, missing: 0 })
    expect(failing?.said).toEqual(['timed out'])
  })

  it('leave out what was sent before anybody was here to hear it', () => {
    const { day, failing } = health([sent(10), down(30), down(40)], { since: now - 35 * minute })
    expect(day).toEqual({ sent: 2, failed: 1, readBack: 0, missing: 1 })
    expect(failing).toBeNull()
  })

  it('count what GitHub held back within the last hour, as it said so then', () => {
    const held = (ago: number) => sent(ago, { throttledAt: now - ago * minute })
    expect(health([held(10), sent(15), held(20), held(61)]).hour.throttled).toBe(2)
  })
})

describe('a run of failures', () => {
  it('is the newest attempts up to the newest success, with what GitHub said of each, ten of them at most', () => {
    const failures = Array.from({ length: 12 }, (_, index) => down(index + 1))
    const { failing } = health([
      down(0.5, { status: 'Invalid HTTP Response: 500', statusCode: 500 }),
      ...failures,
      sent(20),
      down(30),
    ])
    expect(failing).toMatchObject({
      count: 13,
      since: now - 12 * minute,
      said: ['502 failed to connect to host', 'Invalid HTTP Response: 500'],
    })
    expect(failing?.newest).toHaveLength(10)
    expect(failing?.newest[0]).toEqual({
      at: now - 0.5 * minute,
      event: 'repository',
      said: 'Invalid HTTP Response: 500',
    })
  })

  it('ends with a success, be it a redelivery', () => {
    expect(health([sent(1), down(2), down(3), down(4)]).failing).toBeNull()
    expect(health([sent(1, { guid: 'a', redelivery: true }), down(2), down(3, { guid: 'a' })]).failing).toBeNull()
  })

  it('does not count an event that got through at another attempt', () => {
    const { failing } = health([down(1), down(2, { guid: 'a', redelivery: true }), sent(3, { guid: 'a' })])
    expect(failing).toMatchObject({ count: 1, since: now - minute })
  })

  it('stands however long ago it was', () => {
    expect(health([down(60 * 60), down(61 * 60)]).failing).toMatchObject({ count: 2 })
  })
})

describe('what somebody else answered', () => {
  it('is a run of well answered events that are not here, up to the newest that is', () => {
    const { swallowed } = health([down(1), elsewhere(2), elsewhere(3), sent(4), elsewhere(5)])
    expect(swallowed).toMatchObject({ count: 2, since: now - 3 * minute, said: ['200 OK'] })
  })

  it('is over when the newest came here', () => {
    expect(health([sent(1), elsewhere(2), elsewhere(3)]).swallowed).toBeNull()
  })
})

it('is steady when the newest three, or as many as there are, got through', () => {
  expect(health([sent(1), sent(2), sent(3), down(4)]).isSteady).toBe(true)
  expect(health([sent(1), sent(2), down(3)]).isSteady).toBe(false)
  expect(health([sent(1)]).isSteady).toBe(true)
  expect(health([]).isSteady).toBe(false)
})

describe('the last event heard', () => {
  const heard = (guid: string) => ({ lastHeard: { at: now - 9 * minute, event: 'push', guid } })

  it('has the delay between GitHub’s time and ours', () => {
    expect(health([sent(10, { guid: 'a' })], heard('a')).lastHeard).toEqual({
      at: now - 9 * minute,
      event: 'push',
      delay: minute,
    })
  })

  it('has none below zero, and none where the log does not know it', () => {
    expect(health([sent(8, { guid: 'a' })], heard('a')).lastHeard?.delay).toBe(0)
    expect(health([sent(8)], heard('a')).lastHeard?.delay).toBeNull()
  })
})

it('of a log that is empty, or was never read, says so', () => {
  expect(health([], { reading: null, since: 7 })).toEqual({
    hookId: 'app',
    readAt: null,
    refusal: null,
    day: { sent: 0, failed: 0, readBack: 0, missing: 0 },
    events: {},
    hour: { sent: 0, failed: 0, readBack: 0, missing: 0, throttled: 0 },
    failing: null,
    swallowed: null,
    lost: { count: 0, since: null },
    unreadable: 0,
    isSteady: false,
    lastHeard: null,
    since: 7,
  })
})
