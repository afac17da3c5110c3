import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Budget } from '../model/github.ts'
import type { Meter } from '../model/meter.ts'
import type { Store } from '../model/store.ts'

/** What is asked when the figures are fetched. */
export interface MetricsSource {
  readonly store: Pick<Store, 'jobs' | 'controls'>
  readonly budgets: () => readonly Budget[]
  readonly clock: () => number
}

/** The figures that a Prometheus server fetches. Labels never name a repository, a person or a secret. */
export interface Metrics {
  readonly meter: Meter
  readonly contentType: string
  /** As text, up to date. Rejects where the store cannot be read. */
  render(): Promise<string>
}

const prefix = 'guardpost_'
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function createMetrics(source: MetricsSource, version: string): Metrics {
  const registry = new Registry()
  const registers = [registry]
  new Gauge({ name: `${prefix}build_info`, help: 'What runs.', labelNames: ['version', 'node'], registers }).set(
    { version, node: process.versions.node },
    1,
  )
  const meter = createMeter(registers)
  const refresh = createGauges(registers, source)
  return {
    meter,
    contentType: registry.contentType,
    async render() {
      await refresh()
      return registry.metrics()
    },
  }
}

function createMeter(registers: Registry[]): Meter {
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `${prefix}${name}`, help, labelNames, registers })
  const histogram = (name: string, help: string, labelNames: string[], buckets: number[]) =>
    new Histogram({ name: `${prefix}${name}`, help, labelNames, buckets, registers })

  const deliveries = counter('deliveries_total', 'Requests to the webhook endpoints, by answer.', ['hook', 'status'])
  const answer = histogram('receive_duration_seconds', 'From a webhook request to its answer.', ['hook'], seconds)
  const jobs = histogram('job_duration_seconds', 'How long jobs take.', ['kind'], [...seconds, 30, 60, 300])
  const failures = counter('job_failures_total', 'Jobs that failed, by what became of them.', ['kind', 'outcome'])
  const calls = counter('github_calls_total', 'Calls to GitHub, by the class of the answer.', ['connection', 'status'])
  return {
    answered(hook, status, ms) {
      deliveries.inc({ hook, status })
      answer.observe({ hook }, ms / 1_000)
    },
    worked: (kind, ms) => jobs.observe({ kind }, ms / 1_000),
    failed: (kind, outcome) => failures.inc({ kind, outcome }),
    asked: (connectionId, status) =>
      calls.inc({
        connection: connectionId ?? 'app',
        status: status === null ? 'none' : `${Math.floor(status / 100)}xx`,
      }),
  }
}

/** Figures that the store knows; what is there no longer is no longer shown. */
function createGauges(registers: Registry[], { store, budgets, clock }: MetricsSource): () => Promise<void> {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `${prefix}${name}`, help, labelNames, registers })
  const lag = gauge('job_lag_seconds', 'How long the job that is due longest has waited.')
  const jobs = gauge('jobs', 'Jobs, by kind and state.', ['kind', 'state'])
  const controls = gauge('controls', 'Controls, by path and state, but for muted ones.', [
    'connection',
    'path',
    'state',
  ])
  const waitingCalls = gauge('github_waiting_calls', 'Calls that wait for their turn.', ['connection', 'resource'])
  const waitingJobs = gauge('jobs_waiting', 'Jobs put off by a limit of GitHub.', ['connection'])
  const blocked = gauge(
    'github_blocked_until_seconds',
    'Nothing is asked before this moment, in seconds since 1970; not shown while something may be.',
    ['connection', 'resource'],
  )
  const remaining = gauge('github_budget_remaining', 'What GitHub leaves of the hour.', ['connection', 'resource'])
  return async () => {
    const now = clock()
    const [due, jobCensus, controlCensus, waiting] = await Promise.all([
      store.jobs.nextDueAt(),
      store.jobs.census(),
      store.controls.census(now),
      store.jobs.waiting(),
    ])
    for (const each of [jobs, controls, remaining, waitingCalls, waitingJobs, blocked]) each.reset()
    lag.set(due === null ? 0 : Math.max(0, now - due) / 1_000)
    for (const { count, ...labels } of jobCensus) jobs.set(labels, count)
    for (const { count, connectionId, path, state } of controlCensus)
      controls.set({ connection: connectionId, path, state }, count)
    for (const { connectionId, count } of waiting) waitingJobs.set({ connection: connectionId ?? 'app' }, count)
    for (const { connectionId, resource, remaining: left, waiting: calls, blockedUntil } of budgets()) {
      const labels = { connection: connectionId, resource }
      if (left !== null) remaining.set(labels, left)
      waitingCalls.set(labels, calls)
      if (blockedUntil !== null) blocked.set(labels, blockedUntil / 1_000)
    }
  }
}
