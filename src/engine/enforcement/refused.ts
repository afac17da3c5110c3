import type { ControlType } from '../../model/control-type.ts'
import type { HeldEnforcement, Intention } from '../../model/enforcement.ts'
import { Refusal } from '../../model/github.ts'
import type { Permissions } from '../../model/permission.ts'
import { sameJson } from '../../model/same-json.ts'
import type { Store } from '../../model/store.ts'
import { error as failed, skipped, type Verdict } from '../../model/verdict.ts'
import { connectionNodeId, connection as connectionType } from '../../resources/connection.ts'
import { because, readJob } from '../jobs.ts'
import type { Seen } from '../seen.ts'
import type { Subject } from '../subject.ts'

/** What is to blame may be out of our sight: so long after a refusal it is tried once more, in milliseconds. */
const patience = 24 * 60 * 60_000

/** Whether GitHub refused in a way that waiting does not heal. */
export const isForGood = (failure: unknown): failure is Refusal =>
  failure instanceof Refusal && failure.retryAt === null

/** What GitHub refused to change is an Error, with what it says and who mends it; what the plan lacks is none. */
export function refusedVerdict(
  { needs }: ControlType,
  { evidence, diagnoses, ...seen }: Verdict,
  { diagnosis }: Pick<Refusal, 'diagnosis'>,
): Verdict {
  const isUnnamed = diagnosis.code.startsWith('permission-') && !diagnosis.missing
  // GraphQL does not tell which permission it misses.
  const reason = isUnnamed ? `${diagnosis.reason} It takes ${inWords(needs.enforce)}.` : diagnosis.reason
  return (diagnosis.code === 'plan' ? skipped : failed)(reason, {
    evidence,
    diagnoses: [...diagnoses, { ...diagnosis, reason }],
    ...recheckOf(seen),
  })
}

const recheckOf = ({ recheckAt }: Pick<Verdict, 'recheckAt'>) => (recheckAt === undefined ? {} : { recheckAt })

const inWords = (permissions: Permissions = {}): string =>
  Object.entries(permissions)
    .map(([key, level]) => `\`${key}: ${level}\``)
    .join(' and ')

/** The same is not asked of GitHub again until something is otherwise. `since`: when what was judged by was read. */
export async function refusedNow(
  store: Store,
  { connection, control }: Subject,
  intention: Intention,
  { diagnosis }: Refusal,
  since: number,
): Promise<HeldEnforcement | null> {
  // What was granted is other than was known: it is named before the next call.
  if (diagnosis.code.startsWith('permission-') && connection.kind === 'app') {
    const nodeId = connectionNodeId(connection.organizationNodeId)
    await store.jobs.enqueue([
      readJob(connection.id, connectionType, nodeId, because('enforcement was refused'), since),
    ])
  }
  if (control.mendsOurOwn) return null
  return { ...intention, kind: 'refused', reason: diagnosis.reason, until: since + patience, since }
}

/**
 * What GitHub refused before, if nothing that it may be about is otherwise since: what is asked, what is judged by, the plan
 * of the organization, and what the connection is granted. Null: it may be tried.
 */
export async function refusedBefore(
  store: Store,
  { connection, resource }: Subject,
  { input, verdict }: Seen,
  intention: Intention,
  now: number,
): Promise<{ verdict: Verdict; held: HeldEnforcement } | null> {
  const held = await store.enforcements.heldOf(connection.id, intention.controlId)
  if (held?.kind !== 'refused' || now >= (held.until ?? 0)) return null
  if (held.change !== intention.change || !sameJson(held.changes, intention.changes)) return null
  const last = await store.controls.lastRun(connection.id, intention.controlId)
  const judged = [resource.id, ...Object.values<{ id: number } | null>(input.related).flatMap((each) => each?.id ?? [])]
  if (!last || (await changedSince(store, connection, judged, held.since))) return null
  const { recheckAt: _, ...said } = last.verdict
  return { verdict: { ...said, ...recheckOf(verdict) }, held }
}

async function changedSince(
  { resources }: Store,
  { id, organizationNodeId }: Subject['connection'],
  judged: readonly number[],
  since: number,
): Promise<boolean> {
  const root = await resources.byNodeId(id, 'GitHub > Organization', organizationNodeId)
  const facts = await resources.byNodeId(id, connectionType.type, connectionNodeId(organizationNodeId))
  const others = [root, facts].flatMap((each) => each?.id ?? [])
  return ((await resources.changedAt(id, [...judged, ...others])) ?? 0) >= since
}
