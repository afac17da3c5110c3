import { type GitHubCall, isWrite } from '../model/control.ts'
import type { ControlType } from '../model/control-type.ts'
import type { HeldEnforcement, Hold, Intention } from '../model/enforcement.ts'
import { live } from '../model/github.ts'
import type { Verdict } from '../model/verdict.ts'
import { heldVerdict } from './enforcement/held-verdict.ts'
import { intendedChanges } from './enforcement/intended-changes.ts'
import { missingPermissions } from './enforcement/missing-permissions.ts'
import { ownHooks } from './enforcement/own-hooks.ts'
import { policyChange } from './enforcement/policy-change.ts'
import { tellProgress } from './enforcement/progress.ts'
import { type Begun, begin, keepCutOff, keepMade } from './enforcement/record.ts'
import { isForGood, refusedBefore, refusedNow, refusedVerdict } from './enforcement/refused.ts'
import { EnforcementStopped, whyStopped } from './enforcement/switch.ts'
import type { Means } from './means.ts'
import type { Seen } from './seen.ts'
import type { Subject } from './subject.ts'

/** What came of it: how the control stands now, whether it waits, and what GitHub was asked by the one client that writes. */
interface Enforced {
  readonly verdict: Verdict
  readonly held: HeldEnforcement | null
  readonly calls: readonly GitHubCall[]
}

/** Asks GitHub how it is, and judges that: before a change (unless it was just done), and after it. */
type Look = (when: 'before' | 'after') => Promise<Seen>

/**
 * Lets a control set right what it found wanting, if nothing holds it up. This is the only place where what a policy asks for
 * is written to GitHub: what begins is kept first, each call asks whether all was stopped, and what came of it is read back.
 * `isAskedFor`: a person wants it tried, whatever GitHub said before.
 */
export async function enforce(
  means: Means,
  subject: Subject,
  seen: Seen,
  isAskedFor: boolean,
  look: Look,
): Promise<Enforced> {
  const { store, clock } = means
  const { connection, control, resource } = subject
  const { id: controlId } = await store.controls.ensure(connection.id, resource.id, control.path, clock())
  if (seen.verdict.state === 'ok') await keepCutOff(means, subject, controlId)
  if (!isWanting(control, seen.verdict) || connection.status !== 'active') return done(seen.verdict)
  const changes = intendedChanges(control, seen.verdict, seen.input.wanted)
  const intention = { connectionId: connection.id, controlId, change: policyChange(subject), changes }
  const unpermitted = await withoutPermission(means, subject, seen.verdict, intention)
  if (unpermitted) return unpermitted
  const still = isAskedFor ? null : await refusedBefore(store, subject, seen, intention, clock())
  if (still) return { ...still, calls: [] }
  const begun = await begin(means, subject, intention)
  if ('kind' in begun) return waits(means, seen.verdict, intention, begun)
  return carryOut(means, subject, begun, look)
}

/** Nothing is changed on GitHub that is not known to be wrong there. */
const isWanting = ({ mendsOurOwn }: ControlType, { state }: Verdict): boolean =>
  state === 'alarm' || (mendsOurOwn === true && (state === 'tbd' || state === 'error'))

const done = (verdict: Verdict, calls: readonly GitHubCall[] = []): Enforced => ({ verdict, held: null, calls })

const waits = (
  { clock }: Means,
  verdict: Verdict,
  intention: Intention,
  hold: Hold,
  calls: readonly GitHubCall[] = [],
): Enforced => ({ verdict: heldVerdict(verdict, hold), held: { ...intention, ...hold, since: clock() }, calls })

/** How long the first read of a connection is waited for, in milliseconds. */
const patience = 60_000

/** Null: nothing is known to be missing. A permission that the verdict names by itself is not named again. */
async function withoutPermission(
  means: Means,
  { connection, control }: Subject,
  verdict: Verdict,
  intention: Intention,
): Promise<Enforced | null> {
  const missing = await missingPermissions(means.store, connection, control)
  const hold = { kind: 'permission', until: null } as const
  if (missing === 'unknown') {
    const reason = 'It is not known yet what was granted.'
    return waits(means, verdict, intention, { ...hold, reason, until: means.clock() + patience })
  }
  if (missing.length === 0) return null
  const named = new Set(verdict.diagnoses.map((each) => each.missing?.key))
  const others = missing.filter((each) => !named.has(each.missing?.key))
  const reason = missing.map((each) => each.reason).join(' ')
  const held = waits(means, { ...verdict, diagnoses: [...verdict.diagnoses, ...others] }, intention, {
    ...hold,
    reason,
  })
  return others.length === 0 ? { ...held, verdict } : held
}

async function carryOut(means: Means, subject: Subject, begun: Begun, look: Look): Promise<Enforced> {
  const { store, clock } = means
  const { intention, id } = begun
  const startedAt = clock()
  const drop = () => store.enforcements.drop(intention.connectionId, id)
  const before = await look('before').catch(async (error: unknown) => {
    if (!begun.isAgain) await drop()
    throw error
  })
  if (!isWanting(subject.control, before.verdict)) {
    if (begun.isAgain && before.verdict.state === 'ok') await keepCutOff(means, subject, intention.controlId)
    else await drop()
    return done(before.verdict)
  }
  const { calls, failure } = await call(means, subject, before)
  const writes = calls.filter(isWrite)
  const made = writes.filter(({ status, isRefused }) => status !== null && status < 400 && !isRefused)
  // Without an answer it may be done all the same: the next run finds out, and keeps it as ours.
  const isOpen = writes.some(({ status }) => status === null || status >= 500)
  if (made.length > 0) await keepMade(means, subject, begun, made)
  else if (!isOpen) await drop()
  if (failure && !(failure instanceof EnforcementStopped) && !isForGood(failure)) throw failure
  if (made.length === 0 && !failure) return done(before.verdict, calls)
  const after = made.length > 0 ? await look('after') : before
  if (failure instanceof EnforcementStopped) return waits(means, after.verdict, intention, failure.hold, calls)
  if (isForGood(failure)) {
    const held = await refusedNow(store, subject, intention, failure, startedAt)
    return { verdict: refusedVerdict(subject.control, after.verdict, failure), held, calls }
  }
  await store.enforcements.end(intention.connectionId, id, after.verdict.state === 'ok' ? 'kept' : 'lost')
  await tellProgress(means, begun)
  return done(after.verdict, calls)
}

/** What GitHub was asked, and what the control ended with. Somebody may stop all of it before any of the calls. */
async function call(
  means: Means,
  { connection, control }: Subject,
  { input }: Seen,
): Promise<{ calls: readonly GitHubCall[]; failure?: unknown }> {
  const { store, clients, appWebhookSecret } = means
  const beforeWrite = async () => {
    const hold = await whyStopped(store, connection.id)
    if (hold) throw new EnforcementStopped(hold)
  }
  const purpose = { ...live(control.path), beforeWrite }
  const github = await clients.forConnection(connection, purpose)
  if (!github) return { calls: [] }
  const app = connection.kind === 'app' ? clients.forApp(purpose) : null
  const given = { connection, github, app, ownHooks: ownHooks(means, connection.id), appWebhookSecret }
  const calls = () => [...github.calls, ...(app?.calls ?? [])]
  try {
    await control.enforce?.({ ...input, ...given })
    return { calls: calls() }
  } catch (failure) {
    return { calls: calls(), failure }
  }
}
