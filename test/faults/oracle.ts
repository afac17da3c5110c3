import { falseCmdb } from './cmdb-oracle.ts'
import { falseEventHandlers } from './event-handlers-oracle.ts'
import type { FaultyWorld } from './faulty-world.ts'
import { type PublishedRun, publishedRuns } from './published-run.ts'
import { everythingSaid, falseReports, saidOtherwise, saidTwice } from './reports-oracle.ts'
import { type Truth, truthOf } from './truth.ts'
import { falseVersions, recordedVersions } from './versions-oracle.ts'

export interface Judged {
  /** How many judgements were held against what was so, by control and state. */
  readonly runs: Readonly<Record<string, number>>
  /** How many times a state was said on GitHub. */
  readonly reports: number
  /** What was wrong. */
  readonly wrong: readonly string[]
}

/**
 * Holds everything that was published against what was true. What somebody says is judged by a window: from the time
 * that the facts were read by which it was judged, until it was said. It is right when it was so at some moment of the
 * window. So what is true but not known yet is not wrong, and what is not known is never a pass.
 */
export function judgePublished(world: FaultyWorld): Judged {
  const truth = truthOf(world)
  const runs = publishedRuns(world.database)
  const said = everythingSaid(world)
  const counts = Map.groupBy(runs, ({ path, verdict }) => `${path}: ${verdict.state}`)
  return {
    runs: Object.fromEntries([...counts].map(([what, { length }]) => [what, length]).toSorted()),
    reports: said.length,
    wrong: [
      ...falseRuns(truth, runs),
      ...falseReports(said, runs),
      ...saidTwice(world),
      ...saidOtherwise(world),
      ...falseVersions(truth, recordedVersions(world.database)),
    ],
  }
}

/** Those runs that said what was not so, each with why. */
export function falseRuns(truth: Truth, runs: readonly PublishedRun[]): string[] {
  const controls = Map.groupBy(runs, ({ organization, nodeId, path }) => `${organization} ${nodeId} ${path}`)
  return [...controls.values()].flatMap((its) =>
    its.flatMap((run, index) => {
      const before = its.slice(0, index).toReversed()
      const why = run.path.endsWith('Event Handlers') ? falseEventHandlers(truth, run) : falseCmdb(truth, run, before)
      return why.map((reason) => told(run, reason))
    }),
  )
}

const told = ({ id, organization, nodeId, path, cause, verdict, startedAt, endedAt }: PublishedRun, why: string) =>
  `run ${id} of ${path} on ${organization} ${nodeId} (${cause}, ${startedAt}–${endedAt}): ${verdict.state} “${verdict.reason}”: ${why}`
