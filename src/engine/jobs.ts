import type { NewJob } from '../model/job.ts'
import type { ResourceType } from '../model/resource-type.ts'

/** The actor of what we do ourselves. */
export const ourselves = 'guardpost'

/** What made a read or a run necessary, kept for history. */
export interface Cause {
  /** E.g. `repository.deleted`, `start`, `policy set`. */
  readonly why: string
  readonly actor: string | null
  readonly deliveryId: number | null
  /** The audit log told of it, and since when (milliseconds) it may have been changed. */
  readonly audited?: { readonly since: number }
  /** How many reads for it left things open. */
  readonly unsettled?: number
}

export const because = (why: string): Cause => ({ why, actor: null, deliveryId: null })

export interface ReadPayload extends Cause {
  readonly type: string
  readonly nodeId: string
}

/** Why a control runs at the time that its last verdict named. */
export const recheck = 'recheck'

export interface ControlPayload {
  readonly path: string
  readonly resourceId: number
  readonly why: string
  /** Read what the control judges by before judging. */
  readonly fresh: boolean
}

/** Settles what GitHub says of one resource now. Those of a type and connection share a lock, to be read together. */
export function readJob(
  connectionId: number,
  { type }: Pick<ResourceType, 'type'>,
  nodeId: string,
  cause: Cause,
  runAt: number,
): NewJob {
  const payload: ReadPayload = { ...cause, type, nodeId }
  const lock = `read:${connectionId}:${type}`
  return { kind: 'read', connectionId, key: `${lock}:${nodeId}`, lock, payload, runAt }
}

/**
 * Judges one control, and enforces where its policy says so. A run that reads afresh and one that judges by what is known
 * are different work: a change that a fresh run finds must not bring the next fresh run forward.
 */
export function controlJob(connectionId: number, payload: ControlPayload, runAt: number): NewJob {
  const lock = `resource:${connectionId}:${payload.resourceId}`
  const key = `control:${lock}:${payload.path}:${payload.fresh ? 'fresh' : 'known'}`
  return { kind: 'control', connectionId, key, lock, payload, runAt }
}

export interface SweepPayload {
  readonly paths: readonly string[]
  /** The resource at or below which all is judged; null: all of the connection. */
  readonly placeId: number | null
  /** Only resources on which nothing was judged yet. */
  readonly unjudged: boolean
  readonly why: string
  /** Where it goes on: a type, and the id after which; null: at the beginning. */
  readonly from: { readonly type: string; readonly afterId: number } | null
}

/** From the beginning, whatever was judged before. */
export const wholly = { unjudged: false, from: null } as const

/**
 * Judges many controls by what is known. The part that goes on has a key of its own: whoever asks anew meanwhile has all
 * of it judged.
 */
export function sweepJob(connectionId: number, payload: SweepPayload, runAt: number): NewJob {
  const { paths, placeId, unjudged, from } = payload
  const lock = `sweep:${connectionId}${unjudged ? ':unjudged' : ''}`
  const key = `${lock}:${placeId ?? 'all'}:${paths.toSorted().join(',')}${from ? ':rest' : ''}`
  return { kind: 'sweep', connectionId, key, lock, payload, runAt }
}

export interface DiscoverPayload {
  readonly why: string
  /** Absent: of all types. */
  readonly type?: string
  /** A pass that began before this moment (milliseconds) is too old to go on with. */
  readonly since: number
  /** How many were gone through, of how many (null: GitHub does not say), for people to read. */
  readonly progress?: { readonly count: number; readonly total: number | null }
}

/** Finds every resource that the connection can see. Passes that were cut off go on, if they began at `since` or later. */
export function discoverJob(connectionId: number, why: string, runAt: number, since = runAt): NewJob {
  const payload: DiscoverPayload = { why, since }
  return { ...discovering(connectionId), key: `discover:${connectionId}`, payload, runAt }
}

/** Finds every resource of one type. The passes of a connection run one after another. */
export function discoverTypeJob(
  connectionId: number,
  { type }: Pick<ResourceType, 'type'>,
  why: string,
  runAt: number,
  since = runAt,
): NewJob {
  const payload: DiscoverPayload = { why, type, since }
  return { ...discovering(connectionId), key: `discover:${connectionId}:${type}`, payload, runAt }
}

const discovering = (connectionId: number) => ({
  kind: 'discover' as const,
  connectionId,
  lock: `discover:${connectionId}`,
})

/** Says a control's state where people look. */
export function reportJob(connectionId: number, controlId: number, runAt: number): NewJob {
  const lock = `report:${connectionId}:${controlId}`
  return { kind: 'report', connectionId, key: lock, lock, payload: { controlId }, runAt }
}

export interface PolicyFilesPayload {
  /** Somebody asked for it: what becomes of them is said, though it was said before. */
  readonly again: boolean
}

/** Brings policy files into force as they were read last. */
export function policyFilesJob(connectionId: number, runAt: number, again = false): NewJob {
  const lock = `policy-files:${connectionId}`
  const payload: PolicyFilesPayload = { again }
  return { kind: 'policy-files', connectionId, key: again ? `${lock}:again` : lock, lock, payload, runAt }
}

export interface PlanPayload {
  readonly number: number
  /** Somebody asked for it: it is said, though it was said before. */
  readonly again: boolean
}

/** Says in a pull request what would follow from it. */
export function planJob(connectionId: number, payload: PlanPayload, runAt: number): NewJob {
  const lock = `plan:${connectionId}:${payload.number}`
  return { kind: 'plan', connectionId, key: payload.again ? `${lock}:again` : lock, lock, payload, runAt }
}

export interface PlansPayload {
  /** Of one commit, since somebody asked for it; null: of all that are open, since they are to be merged into something else. */
  readonly headSha: string | null
}

/** Plans open pull requests anew, after policy files that are being brought into force. */
export function plansJob(connectionId: number, payload: PlansPayload, runAt: number): NewJob {
  const lock = `policy-files:${connectionId}`
  return {
    kind: 'plans',
    connectionId,
    key: `plans:${connectionId}:${payload.headSha ?? 'open'}`,
    lock,
    payload,
    runAt,
  }
}

export interface UnmutePayload {
  readonly controlId: number
}

/** Lifts a mute at its date. */
export function unmuteJob(connectionId: number, controlId: number, runAt: number): NewJob {
  const lock = `unmute:${connectionId}:${controlId}`
  const payload: UnmutePayload = { controlId }
  return { kind: 'unmute', connectionId, key: lock, lock, payload, runAt }
}

export interface PolicyPayload {
  /** In milliseconds. */
  readonly at: number
}

/** Judges anew what is asked otherwise from a moment on, since something begins or expires then. */
export function policyJob(connectionId: number, at: number): NewJob {
  const lock = `policy:${connectionId}`
  const payload: PolicyPayload = { at }
  return { kind: 'policy', connectionId, key: `${lock}:${at}`, lock, payload, runAt: at }
}

export interface LogPayload {
  readonly hookId: string
  /** Whether everything is to be discovered when what was lost is in. */
  readonly isStart?: true
}

/** How often each delivery log is read, in milliseconds. */
export const logRhythm = 300_000

/** Reads GitHub's delivery log of the App's hook (no connection), or of one of our organization webhooks. */
export function logJob(hookId: string, connectionId: number | null, runAt: number): NewJob {
  const lock = `log:${hookId}`
  const payload: LogPayload = { hookId }
  return { kind: 'log', connectionId, key: lock, lock, payload, runAt }
}

/** The same after a start, which ends with a discovery. */
export function startLogJob(hookId: string, connectionId: number | null, runAt: number): NewJob {
  const job = logJob(hookId, connectionId, runAt)
  const payload: LogPayload = { hookId, isStart: true }
  return { ...job, key: `${job.key}:start`, payload }
}

/** How often the audit log is read, in milliseconds. */
export const auditLogRhythm = 60_000

/** Reads on in the audit log of the connection's organization, where GitHub has one. */
export function auditLogJob(connectionId: number, runAt: number): NewJob {
  const lock = `audit log:${connectionId}`
  return { kind: 'audit log', connectionId, key: lock, lock, payload: null, runAt }
}

/** Lets go of what is too old. */
export function pruneJob(runAt: number): NewJob {
  return { kind: 'prune', connectionId: null, key: 'prune', lock: 'prune', payload: null, runAt }
}

/** Removes a connection and all that belongs to it. */
export function removeJob(connectionId: number, runAt: number): NewJob {
  const lock = `remove:${connectionId}`
  return { kind: 'remove', connectionId, key: lock, lock, payload: null, runAt }
}

/** Looks up one installation of the App, or all of them (null), and connects what is there. */
export function connectJob(installationId: number | null, why: string, runAt: number): NewJob {
  const key = `connect:${installationId ?? 'all'}`
  return { kind: 'connect', connectionId: null, key, lock: 'connect', payload: { installationId, why }, runAt }
}
