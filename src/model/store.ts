import type { Grant, NewGrant, Person, PersonKind, Session } from './access.ts'
import type { AuditLogReading } from './audit-log.ts'
import type { Connection, NewConnection } from './connection.ts'
import type { ControlRecord, Judgement, NewRun, Run, Standing } from './control.ts'
import type { ControlState } from './control-state.ts'
import type { Delivery, DeliveryStatus, NewDelivery } from './delivery.ts'
import type { HookLog, LogEntry, LoggedDelivery, LogReading, LogScope, LostDeliveries } from './delivery-log.ts'
import type { Discovery } from './discovery.ts'
import type {
  Enforcement,
  EnforcementOutcome,
  EnforcementSwitch,
  HeldEnforcement,
  HoldKind,
  Intention,
  Release,
} from './enforcement.ts'
import type { Hook, PingProof } from './hook.ts'
import type { Job, JobKind, JobState, NewJob } from './job.ts'
import type { Mute } from './mute.ts'
import type { AttachmentStore, FolderStore, PackStore, PolicyStore } from './policy-store.ts'
import type { RecordCounts, Removal } from './removal.ts'
import type { KnownReport, Report } from './report.ts'
import type { Activity, NewActivity, PastResource, Resource, Version } from './resource.ts'
import type { Prunable, PrunedBatch } from './retention.ts'
import type { SearchStore } from './search.ts'
import type { SetUp } from './set-up.ts'

/**
 * Where everything lives. Every method that touches an organization's rows names the connection they belong to.
 * A method that cannot read or write throws; nothing is half done.
 */
export interface Store {
  readonly connections: ConnectionStore
  readonly hooks: HookStore
  readonly deliveries: DeliveryStore
  readonly deliveryLog: DeliveryLogStore
  readonly jobs: JobStore
  readonly discoveries: DiscoveryStore
  readonly auditLog: AuditLogStore
  readonly resources: ResourceStore
  readonly activities: ActivityStore
  readonly folders: FolderStore
  readonly policies: PolicyStore
  readonly packs: PackStore
  readonly attachments: AttachmentStore
  readonly controls: ControlStore
  readonly enforcements: EnforcementStore
  readonly reports: ReportStore
  readonly retention: RetentionStore
  readonly records: RecordStore
  readonly heartbeat: HeartbeatStore
  readonly setUp: SetUpStore
  readonly search: SearchStore
  readonly people: PersonStore
  readonly sessions: SessionStore
  readonly grants: GrantStore
  /** All of the work or none of it. Inside, only the store handed in may be used. */
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>
  /** The same, for work that is done again from what was kept before, should the power fail right after: it costs less. */
  redoable<T>(work: (store: Store) => Promise<T>): Promise<T>
  /** Writes something. Throws where nothing can be written. */
  probe(): Promise<void>
  /** Room for more, in bytes; null where it is not known. */
  freeBytes(): Promise<number | null>
  /** Looks through all of it: minutes where there is much. */
  examine(): Promise<StoreExamination>
  close(): Promise<void>
}

export interface StoreExamination {
  /** What is damaged, in the database's own words; empty where nothing is. */
  readonly damage: readonly string[]
  /** Of the database and of its write-ahead log; null where it is no file. */
  readonly bytes: number | null
  readonly logBytes: number | null
  /** The newest migration it has. */
  readonly shape: string
  /** E.g. `SQLite 3.53.1`. */
  readonly engine: string
}

export interface ConnectionStore {
  list(): Promise<Connection[]>
  get(id: number): Promise<Connection | null>
  byInstallation(installationId: number): Promise<Connection | null>
  byOrganization(kind: Connection['kind'], organizationId: number): Promise<Connection | null>
  /**
   * Makes a connection, or gives the one of the same kind and organization its new login and installation, active; one that
   * was removed begins anew under its old id.
   */
  save(connection: NewConnection, now: number): Promise<Connection>
  setLogin(id: number, login: string): Promise<void>
  /** Nothing is done where the connection is being removed, or was. */
  setStatus(id: number, status: 'active' | 'suspended' | 'uninstalled'): Promise<void>
  /** Keeps a token sealed, in place of the one before. */
  setToken(id: number, token: string): Promise<void>
  dropToken(id: number): Promise<void>
  /** How far its removal has come; null: nobody had it removed. */
  removal(id: number): Promise<Removal | null>
  /** Keeps that, and with it the status: `removing`, or `removed` when all is done. */
  setRemoval(id: number, removal: Removal): Promise<void>
  token(id: number): Promise<string | null>
}

export interface HookStore {
  list(connectionId: number): Promise<Hook[]>
  /** By our id alone, as a request names it: with its secret. */
  find(id: string): Promise<{ hook: Hook; secret: string } | null>
  make(hook: { id: string; connectionId: number; secret: string; createdAt: number }): Promise<Hook>
  setGitHubId(connectionId: number, id: string, githubId: number): Promise<void>
  setPing(connectionId: number, id: string, ping: Partial<PingProof>): Promise<void>
  secret(connectionId: number, id: string): Promise<string | null>
  remove(connectionId: number, id: string): Promise<void>
}

export interface DeliveryStore {
  /**
   * Keeps a delivery and its `project` job in one transaction; concurrent calls share a commit.
   * `known`: this GUID of this hook is here already, so that nothing is to be done; what was but read in GitHub's log
   * counts as brought from now on.
   */
  accept(delivery: NewDelivery): Promise<'new' | 'known'>
  get(id: number): Promise<Delivery | null>
  /** Those of the ids that are there, in no order. */
  some(ids: readonly number[]): Promise<Delivery[]>
  /**
   * Says whom the delivery concerns. False: the same GUID of this connection was claimed by another delivery before,
   * so this one is folded.
   */
  claimEvent(id: number, connectionId: number): Promise<boolean>
  finish(id: number, status: DeliveryStatus, error?: string): Promise<void>
  /** Newest first; of all connections, and of none yet, unless one is named. */
  list(filter?: DeliveryFilter): Promise<DeliverySummary[]>
  /** Lets go of one as if it had never come. */
  drop(id: number): Promise<void>
  /** Has a delivery projected again, whatever became of it. False: it is not there, or its body is not. */
  replay(id: number, now: number): Promise<boolean>
  /** Whether this hook brought this GUID, its signature verified. */
  has(hookId: string, guid: string): Promise<boolean>
}

/** GitHub's delivery logs, kept so that what was lost can be told, and read back. A hook is `app` or the id of one of ours. */
export interface DeliveryLogStore {
  /** Keeps attempts; those known already stay as they are. Returns how many were new. */
  keep(hookId: string, entries: readonly LogEntry[]): Promise<number>
  /** Newest first; of the App's log only what was meant for that installation (null: everything). */
  newest(hookId: string, installationId: number | null, limit: number): Promise<LoggedDelivery[]>
  /** What came last for a connection by that hook, its signature verified. */
  lastHeard(connectionId: number, hookId: string): Promise<HookLog['lastHeard']>
  /**
   * Of each delivery that came neither by the hook nor out of its log, nor by another hook of the connection, the newest
   * attempt that can be read back; those sent first come first. One that GitHub held back after `heldSince` may still come.
   */
  lost(hookId: string, scope: LogScope, heldSince: number, limit: number): Promise<LogEntry[]>
  countLost(hookId: string, scope: LogScope, heldSince: number): Promise<LostDeliveries>
  /** Notes that GitHub does not show what was sent with this GUID, and why. */
  setUnreadable(hookId: string, guid: string, why: string): Promise<void>
  countUnreadable(hookId: string, scope: LogScope): Promise<number>
  /** How many of those read back from it are not processed yet. */
  countWaiting(hookId: string): Promise<number>
  reading(hookId: string): Promise<LogReading | null>
  setReading(hookId: string, reading: LogReading): Promise<void>
  /** Lets go of attempts before `time` (milliseconds), but for the newest few of each installation: how it stands stays known. */
  prune(hookId: string, time: number): Promise<void>
  /** Lets go of everything about a hook that is no longer ours. */
  forget(hookId: string): Promise<void>
}

/** A delivery without what may be large. */
type DeliverySummary = Omit<Delivery, 'headers' | 'body' | 'bodySeenBefore'>

export interface DeliveryFilter {
  readonly connectionId?: number
  readonly status?: DeliveryStatus
  /** Those with a smaller id. */
  readonly before?: number
  readonly limit?: number
}

export interface JobStore {
  enqueue(jobs: readonly NewJob[]): Promise<void>
  /**
   * Starts up to `limit` jobs that are due at `now`, oldest first, none sharing a lock with a running
   * one or each other. They stay running until `done`, `retry` or `park`. Projections are left to `claimProjections`.
   */
  claim(now: number, limit: number): Promise<Job[]>
  /** Starts up to `limit` due jobs of kind `project`, oldest first, whatever their locks: one caller does them in turn. */
  claimProjections(now: number, limit: number): Promise<Job[]>
  /** Starts up to `limit` more due jobs of the same kind, connection and lock as a running one, to be done together. */
  claimAlike(job: Job, now: number, limit: number): Promise<Job[]>
  done(ids: readonly number[]): Promise<void>
  retry(id: number, runAt: number, error: string): Promise<void>
  /** As `retry`, for a job that was but told by GitHub to come later: that is no failure, and is not counted as one. */
  wait(id: number, runAt: number, reason: string): Promise<void>
  /** Gives a running job another payload: how far it has come, should it have to go on another time. */
  note(id: number, payload: unknown): Promise<void>
  /** The jobs that wait for GitHub's limits, by connection: when the first and the last of them go on, in milliseconds. */
  waiting(): Promise<{ connectionId: number | null; count: number; next: number; until: number }[]>
  /** How many jobs of a kind run, are due, or wait for GitHub's limits. */
  toCome(connectionId: number, kind: JobKind, now: number): Promise<number>
  park(id: number, error: string): Promise<void>
  /** Lets go of what is queued or parked for a connection but for its removal; returns how many of its other jobs run. */
  clear(connectionId: number): Promise<number>
  /** Lets go of every job of a connection, its removal's too. */
  drop(connectionId: number): Promise<void>
  /** Jobs that were running when the process died are due again. Called once at start. */
  recover(): Promise<number>
  /** When the next queued job is due, in milliseconds; null when none is queued. */
  nextDueAt(): Promise<number | null>
  counts(): Promise<{ queued: number; running: number; parked: number }>
  parked(kind?: JobKind): Promise<(Job & { error: string })[]>
  /** Of one state, oldest first, with the newest failure of each. */
  list(state: JobState, limit: number): Promise<(Job & { error: string | null })[]>
  /** Those of one kind and connection that are being done. */
  running(connectionId: number, kind: JobKind): Promise<Job[]>
  /** Makes a parked job due, as if it had never been tried. False: no parked job has that id. */
  replay(id: number, now: number): Promise<boolean>
  /** Whether one of these jobs runs, or is due. */
  isUnderWay(jobs: readonly NewJob[], now: number): Promise<boolean>
  /** How many there are of each kind in each state. */
  census(): Promise<{ kind: JobKind; state: JobState; count: number }[]>
}

export interface ResourceFilter {
  readonly type?: string
  readonly parentId?: number
  /** True: only those that are gone; false: only those that are there. */
  readonly gone?: boolean
  /** In title order, after this (title, id). */
  readonly after?: { title: string; id: number }
  readonly limit?: number
}

export interface OrderFilter {
  readonly afterId: number
  readonly limit: number
  readonly parentId?: number
  readonly unjudged?: true
}

/** As `ResourceFilter`, of a past moment: the names, the places and what was there are those of then. */
export interface PastFilter extends ResourceFilter {
  readonly ids?: readonly number[]
  readonly title?: string
}

/** A resource as it shall stand from now on, with the activity that tells of it, if anything people see changed. */
export interface ResourceWrite {
  readonly resource: Omit<Resource, 'id' | 'createdAt'>
  readonly activity: Omit<NewActivity, 'resourceId' | 'connectionId'> | null
}

interface Unseen {
  readonly nodeId: string
  readonly parentNodeId: string | null
  readonly parentType: string | null
}

export interface ResourceStore {
  get(connectionId: number, id: number): Promise<Resource | null>
  byNodeId(connectionId: number, type: string, nodeId: string): Promise<Resource | null>
  /** Those of the node ids that are there, in no order. */
  byNodeIds(connectionId: number, type: string, nodeIds: readonly string[]): Promise<Resource[]>
  /** By GitHub's numeric id, in the data of the types that have one. */
  byDatabaseId(connectionId: number, type: string, databaseId: number): Promise<Resource | null>
  /** The live one of that title; the newest seen, should a rename not have been heard yet. */
  byTitle(connectionId: number, type: string, title: string): Promise<Resource | null>
  list(connectionId: number, filter?: ResourceFilter): Promise<Resource[]>
  /** Live ones of a type, in the order of their ids; below one resource, or those on which nothing was judged yet. */
  inOrder(connectionId: number, type: string, filter: OrderFilter): Promise<Resource[]>
  /** Inserts or updates by (connection, type, nodeId); a version row is kept whenever `version` is new. Returns it as stored. */
  write(connectionId: number, write: ResourceWrite, now: number): Promise<Resource>
  /** Of the live resources of a type, those whose newest sighting is before `time`: a complete pass did not see them. */
  notSeenSince(connectionId: number, type: string, time: number): Promise<Unseen[]>
  /** Its id and those above it, nearest first; empty where it is not there. */
  ancestry(connectionId: number, id: number): Promise<number[]>
  /** Oldest first. */
  versions(connectionId: number, id: number): Promise<Version[]>
  /** What was known at `time` (milliseconds), in title order of then. A resource that was not known yet is not among them. */
  asOf(connectionId: number, time: number, filter?: PastFilter): Promise<PastResource[]>
}

export interface AuditLogStore {
  /** Null: it was never asked for. */
  reading(connectionId: number): Promise<AuditLogReading | null>
  setReading(connectionId: number, reading: AuditLogReading): Promise<void>
}

export interface DiscoveryStore {
  /** Of each type the newest pass, by type. */
  list(connectionId: number): Promise<Discovery[]>
  /** Keeps how a pass stands, in the place of the one before it. */
  save(discovery: Discovery): Promise<void>
}

interface ActivityFilter {
  readonly resourceId?: number
  /** Those with a smaller id. */
  readonly before?: number
  readonly limit?: number
}

/** Who changed things of one type: the one of that node id, and those right below it. */
interface Authorship {
  readonly type: string
  readonly nodeId: string
  readonly actor: string
  /** When they did it, in milliseconds. */
  readonly since: number
}

export interface ActivityStore {
  add(activity: NewActivity): Promise<void>
  /** Names who it was in what was found out by asking since then and has nobody's name: the audit log came to tell it later. */
  attribute(connectionId: number, authorship: Authorship): Promise<void>
  /** Newest first. */
  list(connectionId: number, filter?: ActivityFilter): Promise<Activity[]>
}

export interface ControlFilter {
  readonly path?: string
  readonly state?: ControlState
  readonly resourceId?: number
  /** Without those that are muted at this moment, in milliseconds. */
  readonly unmutedAt?: number
  readonly afterId?: number
  readonly limit?: number
}

export interface ControlStore {
  get(connectionId: number, id: number): Promise<ControlRecord | null>
  byResource(connectionId: number, resourceId: number, path: string): Promise<ControlRecord | null>
  list(connectionId: number, filter?: ControlFilter): Promise<ControlRecord[]>
  /** Makes the control, state `tbd`, if it is not there. */
  ensure(connectionId: number, resourceId: number, path: string, now: number): Promise<ControlRecord>
  /** Keeps the run and moves the control to its verdict; `since` moves only with the state. Returns it as it stands. */
  record(run: NewRun): Promise<ControlRecord>
  /** How the controls of these paths stand on these resources. One that is not there is left out. */
  standing(connectionId: number, resourceIds: readonly number[], paths: readonly string[]): Promise<Standing[]>
  /** As `record`, for many at once: makes those that are not there. Returns those whose state is another one now. */
  recordAll(connectionId: number, judgements: readonly Judgement[], cause: string, now: number): Promise<Standing[]>
  lastRun(connectionId: number, controlId: number): Promise<Run | null>
  runs(connectionId: number, controlId: number, limit: number): Promise<Run[]>
  /** How many controls of each path stand in each state, by connection; those muted at `now` are not counted. */
  census(now: number): Promise<{ connectionId: number; path: string; state: ControlState; count: number }[]>
  /** Null: it is not muted. One whose date has come is still told. */
  mute(connectionId: number, controlId: number): Promise<Mute | null>
  /** Mutes, or changes how it is muted. */
  setMute(mute: Mute): Promise<void>
  /** Of these controls those that are muted, those whose date has come included. */
  mutesOf(connectionId: number, controlIds: readonly number[]): Promise<Mute[]>
  /** False: it was not muted. */
  liftMute(connectionId: number, controlId: number): Promise<boolean>
  /** The controls of a resource that is gone, and their mutes. Their runs are kept. */
  removeOf(connectionId: number, resourceId: number): Promise<void>
}

export interface HeldFilter {
  readonly kinds?: readonly HoldKind[]
  readonly change?: string
  /** Those with a greater control id, in their order. */
  readonly after?: number
  readonly limit: number
}

/** What was changed on GitHub, what waits, what people let through, and who stopped it all. */
export interface EnforcementStore {
  /** Keeps that one begins, before GitHub is asked for anything. Returns its id. */
  begin(enforcement: Intention & Pick<Enforcement, 'at'>): Promise<number>
  end(connectionId: number, id: number, outcome: EnforcementOutcome): Promise<void>
  /** Nothing was changed after all. */
  drop(connectionId: number, id: number): Promise<void>
  /** Those of a control since a moment (milliseconds), oldest first. */
  ofControl(connectionId: number, controlId: number, since: number): Promise<Enforcement[]>
  countSince(connectionId: number, since: number): Promise<number>
  /** When the n-th one after a moment was (1: the oldest); null: there are fewer. */
  nthSince(connectionId: number, since: number, n: number): Promise<number | null>
  /** How many controls one policy change has had enforced, but for one. */
  countBy(connectionId: number, change: string, but: number): Promise<number>
  /** The same of each policy change, as far as it had any enforced since. */
  census(connectionId: number, since: number): Promise<{ change: string; count: number }[]>
  /** Keeps that one waits, from when it first did. */
  hold(held: HeldEnforcement): Promise<void>
  letGo(connectionId: number, controlIds: readonly number[]): Promise<void>
  held(connectionId: number, filter: HeldFilter): Promise<HeldEnforcement[]>
  /** Null: that control waits for nothing. */
  heldOf(connectionId: number, controlId: number): Promise<HeldEnforcement | null>
  /** How many wait for what; `until` and `since` of the first of them. */
  heldCensus(
    connectionId: number,
  ): Promise<(Pick<HeldEnforcement, 'kind' | 'change' | 'until' | 'since'> & { count: number })[]>
  /** In place of what was released of the same kind and change before. */
  release(release: Release): Promise<void>
  releases(connectionId: number): Promise<Release[]>
  flip(to: EnforcementSwitch): Promise<void>
  /** How the switch of a connection, or (null) of all, was flipped last. */
  lastSwitch(connectionId: number | null): Promise<EnforcementSwitch | null>
  /** Newest first. */
  switches(connectionId: number | null, limit: number): Promise<EnforcementSwitch[]>
}

export interface RetentionStore {
  /**
   * Lets go of what is older than `before` (milliseconds) among the `limit` oldest after a place (0: from the beginning),
   * but for what is needed still: deliveries that wait or are parked, and of each resource and control how it was at `before`.
   */
  prune(what: Prunable, before: number, after: number, limit: number): Promise<PrunedBatch>
}

export interface ReportStore {
  get(connectionId: number, controlId: number, kind: Report['kind']): Promise<Report | null>
  list(connectionId: number, controlId: number): Promise<KnownReport[]>
  byGitHubId(connectionId: number, kind: Report['kind'], githubId: number): Promise<Report | null>
  save(report: Report): Promise<void>
  /** The issues that are open as far as we know, of all controls. */
  open(connectionId: number): Promise<KnownReport[]>
  /** Every repository that reports of the connection ever went to, by the kind of report. */
  places(connectionId: number): Promise<{ kind: Report['kind']; repositoryNodeId: string }[]>
  remove(connectionId: number, controlId: number, kind: Report['kind']): Promise<void>
}

/** All that belongs to one connection, whatever table it is in. */
export interface RecordStore {
  counts(connectionId: number): Promise<RecordCounts>
  /**
   * Deletes up to `limit` rows, those that nothing refers to first, in one transaction, and returns how many: 0 when
   * nothing is left but the connection's own row and its jobs.
   */
  deleteSome(connection: Pick<Connection, 'id' | 'installationId'>, limit: number): Promise<number>
  /**
   * Deletes deliveries of the App's hook that came for an installation before anybody was connected by it, among those
   * from `afterId` on. Returns where to go on, null at the end.
   */
  deleteUnclaimed(installationId: number, afterId: number): Promise<number | null>
}

/** Tells another process on the same database whether somebody works on it. */
export interface HeartbeatStore {
  beat(now: number): Promise<void>
  /** When it was last said, in milliseconds; null: nobody works, or whoever did stopped in good order. */
  last(): Promise<number | null>
  stop(): Promise<void>
}

/** What was made by clicks, sealed. */
export interface SetUpStore {
  read(): Promise<SetUp>
  /** Keeps what is named in place of what was there; null: nothing any more. */
  keep(change: Partial<SetUp>): Promise<void>
}

/** Those who may sign in. */
export interface PersonStore {
  /** By id, those after this one. */
  list(page: { after?: number; limit: number }): Promise<Person[]>
  get(id: number): Promise<Person | null>
  /**
   * Names are compared without regard to case. A local one is there but once; GitHub's may pass on from one to another, so
   * besides those who signed in there may be one who has not yet.
   */
  named(kind: PersonKind, login: string): Promise<Person[]>
  byGitHubId(githubId: number): Promise<Person | null>
  /** Null: a person of that name is there. `password`: as a hash. */
  make(person: NewPerson, now: number): Promise<Person | null>
  /** As a hash; null for who has none, or is not there. */
  password(id: number): Promise<string | null>
  setPassword(id: number, password: string, mustChange: boolean): Promise<void>
  setGitHub(id: number, account: { githubId: number; login: string }): Promise<void>
  setSeen(id: number, at: number): Promise<void>
  /** With sessions and grants. False: there was none. */
  remove(id: number): Promise<boolean>
}

interface NewPerson {
  readonly kind: PersonKind
  readonly login: string
  readonly githubId: number | null
  readonly password: string | null
  readonly mustChangePassword: boolean
}

/** A session is found by the SHA-256 of what its cookie holds. */
export interface SessionStore {
  begin(session: Omit<Session, 'id' | 'lastSeenAt'> & { hash: Uint8Array }): Promise<Session>
  byHash(hash: Uint8Array): Promise<Session | null>
  get(id: number): Promise<Session | null>
  /** Newest first, of one person or of all, those with a smaller id than `before`. */
  list(page: { personId?: number; before?: number; limit: number }): Promise<Session[]>
  setSeen(id: number, at: number): Promise<void>
  end(id: number): Promise<boolean>
  endAllOf(personId: number): Promise<void>
  /** Ends those that expired before `now`, and those not used since `idleSince`. */
  prune(now: number, idleSince: number): Promise<void>
}

export interface GrantStore {
  of(personIds: readonly number[]): Promise<Grant[]>
  get(id: number): Promise<Grant | null>
  /** In place of what the person was granted at the same place before. */
  give(grant: NewGrant, now: number): Promise<Grant>
  take(id: number): Promise<boolean>
  /** The ids of those who are Owner everywhere and can sign in: who comes from GitHub has done so before. */
  ownersEverywhere(): Promise<number[]>
}
