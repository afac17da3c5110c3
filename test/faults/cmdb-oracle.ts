import { type PublishedRun, timeIn } from './published-run.ts'
import { falseRefusal, lastRefusal } from './refusal-oracle.ts'
import { during, type Truth, type Window } from './truth.ts'

const seen = 'Last seen'

/**
 * What is wrong with a judgement of a CMDB control; empty when nothing is. `before` are the earlier runs of the same
 * control, newest first. Recorded is what was there at some moment since it was seen; a refusal holds for as long as the
 * control has been saying it.
 */
export function falseCmdb(truth: Truth, run: PublishedRun, before: readonly PublishedRun[]): string[] {
  const { verdict, endedAt } = run
  if (verdict.state === 'tbd') return []
  if (verdict.state === 'ok')
    return run.path.startsWith('GitHub > Repository')
      ? neverThere(truth, run, { from: seenAt(truth, run), to: endedAt })
      : []
  const same = [run, ...before]
  const changed = same.findIndex(({ verdict: { reason } }) => reason !== verdict.reason)
  const first = same[(changed < 0 ? same.length : changed) - 1] ?? run
  const wrong = verdict.diagnoses.flatMap((diagnosis) => {
    const from = lastRefusal(truth, first.startedAt, diagnosis.call)
    return falseRefusal(truth, diagnosis, { from, to: endedAt }) ?? []
  })
  return verdict.diagnoses.length === 0 ? [`${verdict.state} without a reason`] : wrong
}

function neverThere({ history }: Truth, { nodeId, organization }: PublishedRun, window: Window): string[] {
  const states = during(history.repositories.get(nodeId), window)
  const isThere = states.some((state) => state?.nameWithOwner.startsWith(`${organization}/`))
  return isThere ? [] : ['recorded, and it was not there']
}

/** An event tells what was so when it happened, however late it comes. */
function seenAt({ received, told }: Truth, { verdict, startedAt }: PublishedRun): number {
  const at = timeIn(verdict, seen) ?? startedAt
  if (!verdict.evidence.some(({ about, found }) => about === seen && found.endsWith('by an event'))) return at
  const events = [...received].filter(([, received]) => received === at)
  return Math.min(at, ...events.flatMap(([guid]) => told.get(guid) ?? []))
}
