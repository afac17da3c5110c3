import { controlTypes } from '../../src/controls/index.ts'
import { sweepJob, wholly } from '../../src/engine/jobs.ts'
import { setPolicy } from '../../src/engine/set-policy.ts'
import { asks } from '../../src/model/policy.ts'
import { filled } from './filled.ts'

export interface Told {
  readonly repositories: number
  readonly controls: number
  /** How many of them came to which state when all were asked something. */
  readonly states: Readonly<Record<string, number>>
  /** From the first look until the last state is stored, each control for the first time. */
  readonly firstSeconds: number
  readonly evaluationsPerSecond: number
  readonly changeSeconds: number
  /** The same in processor time: what other processes take does not count. */
  readonly processor: { readonly evaluationsPerSecond: number; readonly changeSeconds: number }
  /** The longest time that nothing else had its turn, in milliseconds. */
  readonly longestTurnMs: number
  readonly rssMb: number
  readonly isRight: boolean
}

const repositoryType = 'GitHub > Repository'

/** Judges every control of `repositories` repositories, again and again, in a database of its own. */
export async function policies(databaseFile: string, repositories: number): Promise<Told> {
  const { guardpost, connection, root } = await filled(databaseFile, repositories)
  const { store, clock } = guardpost.means
  const ofRepositories = controlTypes.filter(({ target }) => target === repositoryType)
  const paths = ofRepositories.map(({ path }) => path)
  const place = { folderId: null, connectionId: connection.id, resourceId: root.id, selector: null }
  const set = (path: string, value: string) => {
    const by = { setBy: 'a benchmark', source: 'cli', origin: null } as const
    return setPolicy({ store, clock }, { ...asks(path, value), ...place, ...by })
  }
  for (const { policy } of ofRepositories) {
    const check = policy.values?.find((value) => value.startsWith('Check'))
    if (check) await set(policy.path, check)
  }
  await store.jobs.drop(connection.id)
  const evaluations = repositories * paths.length

  let longestTurnMs = 0
  const done = async () => {
    const [begun, used] = [performance.now(), process.cpuUsage()]
    let last = begun
    const watch = setInterval(() => {
      longestTurnMs = Math.max(longestTurnMs, performance.now() - last)
      last = performance.now()
    }, 1)
    await guardpost.engine.idle()
    clearInterval(watch)
    const { user, system } = process.cpuUsage(used)
    return { seconds: (performance.now() - begun) / 1_000, processorSeconds: (user + system) / 1e6 }
  }
  const judgeAll = async (why: string) => {
    await store.jobs.enqueue([sweepJob(connection.id, { ...wholly, paths, placeId: null, why }, clock())])
    return done()
  }
  const first = await judgeAll('first')
  const again = await judgeAll('again')
  const states = Object.groupBy(await store.controls.census(Date.now()), ({ state }) => state)

  const changed = ofRepositories[0]
  if (!changed) throw new Error('There is nothing to judge.')
  await set(changed.path, 'Skip')
  const change = await done()
  const after = (await store.controls.census(Date.now())).filter(({ path }) => path === changed.path)
  const parked = await store.jobs.parked()
  await guardpost.close()
  return {
    repositories,
    controls: paths.length,
    states: Object.fromEntries(
      Object.entries(states).map(([state, counts]) => [state, counts.reduce((sum, { count }) => sum + count, 0)]),
    ),
    firstSeconds: rounded(first.seconds),
    evaluationsPerSecond: Math.round(evaluations / again.seconds),
    changeSeconds: rounded(change.seconds),
    processor: {
      evaluationsPerSecond: Math.round(evaluations / again.processorSeconds),
      changeSeconds: rounded(change.processorSeconds),
    },
    longestTurnMs: Math.round(longestTurnMs),
    rssMb: Math.round(process.memoryUsage.rss() / 1e6),
    isRight:
      after.length === 1 && after[0]?.state === 'skipped' && after[0].count === repositories && parked.length === 0,
  }
}

const rounded = (seconds: number): number => Math.round(seconds * 100) / 100
