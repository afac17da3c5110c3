import type { GrantStore, PersonStore, SessionStore } from './access-store.ts'
import type { AuditLogReading } from './audit-log.ts'
import type { Connection, NewConnection } from './connection.ts'
import type { ControlStore } from './control-store.ts'
import type { DeliveryLogStore, DeliveryStore } from './delivery-store.ts'
import type { Discovery } from './discovery.ts'
import type { EnforcementStore } from './enforcement-store.ts'
import type { Hook, PingProof } from './hook.ts'
import type { JobStore } from './job-store.ts'
import type { AttachmentStore, FolderStore, PackStore, PolicyStore } from './policy-store.ts'
import type { RecordCounts, Removal } from './removal.ts'
import type { KnownReport, Report } from './report.ts'
import type { Activity, NewActivity } from './resource.ts'
import type { ResourceStore } from './resource-store.ts'
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
