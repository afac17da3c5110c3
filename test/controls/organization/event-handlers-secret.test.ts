import { describe, expect, it } from '@jest/globals'
import type { HookProof } from '../../../src/resources/connection/organization-hooks.ts'
import { goodToken, minute, now, proof } from './facts.ts'
import { judged } from './judged.ts'

const unproved: HookProof = { ...proof, isProved: false, wasProved: false, pingAt: null, lastSent: null, askedAt: now }

const secret = (proofs: readonly HookProof[], at = now) => {
  const { state, reason, recheckAt } = judged({ ...goodToken, proofs }, { now: at })
  return { state, reason, recheckAt: (recheckAt ?? 0) - at }
}

describe('a secret', () => {
  it('is waited for a minute after the ping was asked for, looking every five seconds', () => {
    const waiting = {
      state: 'tbd',
      reason: 'Webhook secret: not proved yet: waiting for GitHub’s ping.',
      recheckAt: 5_000,
    }
    expect(secret([unproved])).toEqual(waiting)
    expect(secret([unproved], now + minute - 1)).toEqual(waiting)
  })

  it('is an Alarm when the ping did not come within a minute', () => {
    expect(secret([unproved], now + minute)).toEqual({
      state: 'alarm',
      reason: 'Webhook secret: not proved: no ping has come.',
      recheckAt: 10 * minute,
    })
  })

  it('is waited for again when a ping has come whose GUID GitHub’s log does not show yet', () => {
    const heard = { ...unproved, askedAt: now - 5 * minute, pingAt: now - 10_000 }
    expect(secret([heard])).toMatchObject({ state: 'tbd' })
    expect(secret([heard], now + 50_000)).toMatchObject({ state: 'alarm' })
  })

  it('says what GitHub’s log says where the ping was sent in vain', () => {
    const at = '2026-01-15T11:58:00Z'
    const lastSent = { at, statusCode: 502, status: 'failed to connect to host', event: 'ping' }
    expect(secret([{ ...unproved, lastSent }], now + minute).reason).toBe(
      'Webhook secret: not proved: GitHub’s log of 2026-01-15T11:58:00Z says “failed to connect to host”.',
    )
  })

  it('is not ours where what GitHub sends now fails our check, waiting or not', () => {
    const lastSent = {
      at: '2026-01-15T11:59:30Z',
      statusCode: 401,
      status: 'Invalid HTTP Response: 401',
      event: 'push',
    }
    for (const wasProved of [true, false])
      expect(secret([{ ...unproved, wasProved, lastSent }])).toMatchObject({
        state: 'alarm',
        reason: 'Webhook secret: not ours: what GitHub sent at 2026-01-15T11:59:30Z failed the check of its signature.',
      })
  })

  it('is waited for where what failed was sent before the webhook was changed', () => {
    const status = 'Invalid HTTP Response: 401'
    const sent = (at: string) => ({ ...unproved, lastSent: { at, statusCode: 401, status, event: 'push' } })
    expect(secret([sent('2026-01-10T07:59:59Z')])).toMatchObject({ state: 'tbd' })
    expect(secret([sent('2026-01-10T08:00:00Z')])).toMatchObject({ state: 'alarm' })
  })

  it('proved, and changed within the same second, is not ours once what GitHub sends later fails our check', () => {
    const sent = (at: string) => ({
      ...proof,
      lastSent: { at, statusCode: 401, status: 'Invalid HTTP Response: 401', event: 'push' },
    })
    expect(secret([sent('2026-01-10T08:00:00Z')])).toMatchObject({ state: 'ok' })
    expect(secret([sent('2026-01-15T11:59:30Z')])).toMatchObject({ state: 'alarm' })
  })

  it('is not known where the webhook was changed since it was proved', () => {
    expect(secret([{ ...unproved, wasProved: true }], now + 60 * minute)).toEqual({
      state: 'tbd',
      reason: 'Webhook secret: not known: the webhook was changed at 2026-01-10T08:00:00Z and nothing has come since.',
      recheckAt: 10 * minute,
    })
  })

  it('is not proved by the proof of another webhook', () => {
    expect(secret([{ ...proof, ourId: 'another' }])).toMatchObject({
      state: 'alarm',
      reason: 'Webhook secret: not proved: no ping has come.',
    })
  })
})
