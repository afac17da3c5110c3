import { randomUUID } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import type { HttpBindings } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Hono } from 'hono'
import { createMetrics } from '../../src/server/metrics.ts'
import { pages } from '../../src/server/pages.ts'
import { startServer } from '../../src/server/server.ts'
import { type Guarded, guarded, webhookSecret } from '../support/guarded.ts'
import { appPath, headersOf, post } from './requests.ts'

let town: Guarded
beforeAll(async () => {
  town = await guarded()
  town.org.createRepository({ name: 'a-secret-project', visibility: 'private' })
  town.install()
  await town.settle()
})
afterAll(() => town.close())

const fetchMetrics = async (headers: Record<string, string> = {}, address = town.address) =>
  post(address, '/metrics', '', headers, 'GET')
/** The value of one line, its labels in any order. */
const figure = (text: string, name: string, labels: Record<string, string> = {}): number => {
  const line = text
    .split('\n')
    .find(
      (each) =>
        new RegExp(`^guardpost_${name}[{ ]`).test(each) &&
        Object.entries(labels).every(([label, value]) => each.includes(`${label}="${value}"`)),
    )
  return Number(line?.split(' ').at(-1))
}

describe('the figures', () => {
  it('tell of deliveries, jobs, calls, controls and what runs', async () => {
    const before = (await fetchMetrics()).body
    const body = '{"action":"created"}'
    const deliver = () => post(town.address, appPath, body, headersOf(webhookSecret, 'star', randomUUID(), body))
    for (let n = 0; n < 3; n++) await deliver()
    await post(town.address, appPath, body, { 'content-type': 'application/json' })
    await town.settle()
    const { status, headers, body: text } = await fetchMetrics()
    expect(status).toBe(200)
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    const grown = (name: string, labels: Record<string, string>) =>
      figure(text, name, labels) - (figure(before, name, labels) || 0)
    expect(grown('deliveries_total', { hook: 'app', status: '202' })).toBe(3)
    expect(grown('deliveries_total', { hook: 'app', status: '401' })).toBe(1)
    expect(grown('receive_duration_seconds_count', { hook: 'app' })).toBe(4)
    expect(grown('job_duration_seconds_count', { kind: 'project' })).toBeGreaterThan(0)
    expect(figure(text, 'job_lag_seconds')).toBe(0)
    expect(figure(text, 'jobs', { kind: 'project' })).toBeNaN()
    expect(figure(text, 'controls', { connection: '1', path: 'GitHub > Repository > CMDB', state: 'ok' })).toBe(2)
    expect(figure(text, 'github_calls_total', { connection: '1', status: '2xx' })).toBeGreaterThan(2)
    expect(figure(text, 'github_calls_total', { connection: 'app', status: '2xx' })).toBeGreaterThan(0)
    expect(figure(text, 'github_budget_remaining', { connection: '1', resource: 'core' })).toBeGreaterThan(0)
    expect(figure(text, 'build_info', { node: process.versions.node })).toBe(1)
  })

  it('name no repository and no secret', async () => {
    const { body } = await fetchMetrics()
    for (const word of ['a-secret-project', 'acme', webhookSecret]) expect(body).not.toContain(word)
  })

  it('tell how long the oldest job that is due has waited, and who waits for GitHub until when', async () => {
    const waiting = async () => [{ connectionId: 3, count: 2, next: 60_000, until: 90_000 }]
    const core = { connectionId: 3, resource: 'core', limit: 5_000, remaining: 0, resetAt: 60_000 }
    const budgets = () => [
      { ...core, waiting: 4, blockedUntil: 60_500 },
      { ...core, connectionId: 8, remaining: 9, waiting: 0, blockedUntil: null },
    ]
    const store = {
      jobs: {
        nextDueAt: async () => 4_000,
        census: async () => [{ kind: 'read', state: 'queued', count: 7 }],
        waiting,
      },
      controls: { census: async () => [] },
    }
    const { render, meter } = createMetrics({ store, budgets, clock: () => 9_500 } as never, '1.2.3')
    meter.failed('read', 'retried')
    meter.asked(3, null)
    meter.asked(null, 503)
    const text = await render()
    expect(figure(text, 'job_lag_seconds')).toBe(5.5)
    expect(figure(text, 'jobs', { kind: 'read', state: 'queued' })).toBe(7)
    expect(figure(text, 'jobs_waiting', { connection: '3' })).toBe(2)
    expect(figure(text, 'github_waiting_calls', { connection: '3', resource: 'core' })).toBe(4)
    expect(figure(text, 'github_blocked_until_seconds', { connection: '3' })).toBe(60.5)
    expect(figure(text, 'github_blocked_until_seconds', { connection: '8' })).toBeNaN()
    expect(figure(text, 'job_failures_total', { kind: 'read', outcome: 'retried' })).toBe(1)
    expect(figure(text, 'github_calls_total', { connection: '3', status: 'none' })).toBe(1)
    expect(figure(text, 'github_calls_total', { connection: 'app', status: '5xx' })).toBe(1)
    expect(figure(text, 'build_info', { version: '1.2.3' })).toBe(1)
  })
})

describe('who may fetch them', () => {
  it('without a token: whoever asks from this machine, and not through a proxy', async () => {
    expect((await fetchMetrics()).status).toBe(200)
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect((await fetchMetrics({ [name]: '127.0.0.1' })).status).toBe(401)
    const { metrics, access } = town.guardpost
    const app = pages({
      ready: async () => null,
      metrics,
      metricsToken: null,
      access,
      api: new Hono<{ Bindings: HttpBindings }>(),
    })
    const from = async (remoteAddress: string | undefined) =>
      (await app.request('/metrics', {}, { incoming: { headers: {}, socket: { remoteAddress } } })).status
    for (const here of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1']) expect(await from(here)).toBe(200)
    for (const there of ['10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1', '1.127.0.0', undefined])
      expect(await from(there)).toBe(401)
  })

  it('with a token: whoever has it, from anywhere', async () => {
    const config = { host: '0.0.0.0', port: 0, metricsToken: 'a long token' }
    const server = await startServer(town.guardpost, config)
    const addresses = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ family }) => family === 'IPv4')
    try {
      for (const { address } of addresses) {
        const at = `http://${address}:${server.port}`
        expect((await fetchMetrics({}, at)).status).toBe(401)
        expect((await fetchMetrics({ authorization: 'Bearer a long' }, at)).status).toBe(401)
        expect((await fetchMetrics({ authorization: 'Bearer a long token' }, at)).status).toBe(200)
      }
    } finally {
      await server.close()
    }
  })
})
