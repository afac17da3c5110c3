import { setTimeout as later } from 'node:timers/promises'
import type { Means } from '../../src/engine/means.ts'
import { startWorker, type Worker } from '../../src/engine/worker.ts'
import { githubClients } from '../../src/github/clients.ts'
import type { JobStore } from '../../src/model/job-store.ts'
import { resourceTypes } from '../../src/resources/index.ts'
import { openStore } from '../../src/store/store.ts'
import type { VirtualTime } from '../../test/github/limits/virtual-time.ts'

export interface VirtualGuardpostOptions {
  readonly apiUrl: string
  readonly file: string
  /** The moment it starts at, in milliseconds; a clock that ran before goes on. */
  readonly time: VirtualTime
  readonly token: string
  /** Told of the method of every request that GitHub answered; false: Guardpost never hears the answer. */
  readonly answered: (method: string) => boolean
}

/** A Guardpost that works in virtual time: an hour of waiting for GitHub's limits takes no time at all. */
export interface VirtualGuardpost {
  readonly means: Means
  /** What its log said. */
  readonly lines: readonly { readonly message: string; readonly fields: Readonly<Record<string, unknown>> }[]
  /** Whether it does anything but wait. */
  isBusy(): boolean
  /** Ends as if its machine lost its power: whatever is under way is never heard of again. */
  kill(): Promise<void>
}

/** How often its worker looks for what is due, in milliseconds of virtual time. */
const rhythm = 500

export async function virtualGuardpost(options: VirtualGuardpostOptions): Promise<VirtualGuardpost> {
  const { apiUrl, file, time, token } = options
  const store = await openStore({ file, secretKey: Buffer.alloc(32, 7), clock: time.clock, types: resourceTypes })
  const state = { isDead: false, underWay: 0, running: 0, claiming: 0 }
  const lines: { message: string; fields: Record<string, unknown> }[] = []
  const write = (fields: object, message: string) => void lines.push({ fields: { ...fields }, message })
  const log = { debug: () => {}, info: write, warn: write, error: write }
  const never = new Promise<never>(() => {})
  const ask: typeof globalThis.fetch = (...request) => {
    state.underWay++
    return globalThis.fetch(...request).finally(() => state.underWay--)
  }
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const answer = await ask(url, init)
    if (!options.answered(init?.method ?? 'GET')) state.isDead = true
    return state.isDead ? never : answer
  }
  const sleep = (milliseconds: number) => time.sleep(milliseconds).then(() => (state.isDead ? never : undefined))
  const clients = githubClients({
    apiUrl,
    version: '0',
    app: null,
    token: async () => token,
    log,
    clock: time.clock,
    sleep,
    fetch,
  })
  const nothing = () => {}
  const means = {
    store: { ...store, jobs: watched(store.jobs, state) },
    clients,
    reporters: [],
    addresses: { github: apiUrl, appHook: '', hook: () => '', control: () => null },
    appWebhookSecret: null,
    clock: time.clock,
    random: () => 0.5,
    log,
    meter: { worked: nothing, failed: nothing, answered: nothing, asked: nothing },
  } as unknown as Means
  await store.jobs.recover()
  const worker: Worker = startWorker(means)
  const waiting = () => Math.max(0, ...clients.budgets().map((each) => each.waiting))
  const ticking = async () => {
    while (!state.isDead) {
      worker.wake()
      await time.sleep(rhythm)
    }
  }
  void ticking()
  return {
    means,
    lines,
    isBusy: () => !state.isDead && (state.underWay > 0 || state.claiming > 0 || state.running > waiting()),
    async kill() {
      state.isDead = true
      void worker.stop()
      await later(100)
      await store.close()
    },
  }
}

/** The same, counting what is claimed and not ended yet. */
function watched(jobs: JobStore, state: { running: number; claiming: number }): JobStore {
  const claiming = async <Claimed extends readonly unknown[]>(claim: Promise<Claimed>): Promise<Claimed> => {
    state.claiming++
    try {
      const claimed = await claim
      state.running += claimed.length
      return claimed
    } finally {
      state.claiming--
    }
  }
  const ending = async (count: number, end: Promise<void>): Promise<void> => {
    await end
    state.running -= count
  }
  return {
    ...jobs,
    claim: (...asked) => claiming(jobs.claim(...asked)),
    claimAlike: (...asked) => claiming(jobs.claimAlike(...asked)),
    done: (ids) => ending(ids.length, jobs.done(ids)),
    retry: (...asked) => ending(1, jobs.retry(...asked)),
    wait: (...asked) => ending(1, jobs.wait(...asked)),
    park: (...asked) => ending(1, jobs.park(...asked)),
  }
}
