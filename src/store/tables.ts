import type { ColumnType, Generated, Selectable } from 'kysely'
import type { PersonKind, Role } from '../model/access.ts'
import type { ConnectionKind, ConnectionStatus } from '../model/connection.ts'
import type { ControlState } from '../model/control-state.ts'
import type { DeliverySource, DeliveryStatus } from '../model/delivery.ts'
import type { EnforcementOutcome, EnforcementSwitch, HoldKind, Release } from '../model/enforcement.ts'
import type { JobKind, JobState } from '../model/job.ts'
import type { MuteEnd } from '../model/mute.ts'
import type { Authorship, Precedence } from '../model/policy.ts'
import type { Report } from '../model/report.ts'
import type { Activity, Source } from '../model/resource.ts'

/** JSON as text. */
type JsonText = string

/** The tables as TypeScript sees them: columns in camelCase, in the database in snake_case. Times in milliseconds. */
export interface Database {
  connections: ConnectionTable
  hooks: HookTable
  deliveries: DeliveryTable
  bundles: BundleTable
  events: EventTable
  deliveryLog: DeliveryLogTable
  deliveryLogReadings: DeliveryLogReadingTable
  discoveries: DiscoveryTable
  auditLogReadings: AuditLogReadingTable
  jobs: JobTable
  resources: ResourceTable
  versions: VersionTable
  activities: ActivityTable
  folders: FolderTable
  policySettings: PolicySettingTable
  policyPacks: PolicyPackTable
  policyAttachments: PolicyAttachmentTable
  controls: ControlTable
  mutes: MuteTable
  enforcements: EnforcementTable
  heldEnforcements: HeldEnforcementTable
  enforcementReleases: Release
  enforcementSwitches: EnforcementSwitch & { id: Generated<number> }
  runs: RunTable
  reports: ReportTable
  reportPlaces: ReportPlaceTable
  people: PersonTable
  sessions: SessionTable
  grants: GrantTable
  facts: FactTable
}

interface ConnectionTable {
  id: Generated<number>
  kind: ConnectionKind
  organizationId: number
  organizationNodeId: string
  login: string
  installationId: number | null
  status: ConnectionStatus
  createdAt: number
  /** Sealed. */
  token: Buffer | null
  /** Null: nobody had it removed. */
  removal: JsonText | null
  /** Null: the root. */
  folderId: number | null
}

interface HookTable {
  id: string
  connectionId: number
  githubId: number | null
  /** Sealed. */
  secret: Buffer
  pingAskedAt: number | null
  pingReceivedAt: number | null
  pingGuid: string | null
  pingProvedFor: string | null
  createdAt: number
}

interface DeliveryTable {
  id: Generated<number>
  hookId: string
  guid: string
  event: string
  headers: JsonText
  /** SHA-256 of the raw body. */
  bodyHash: Buffer
  receivedAt: number
  source: DeliverySource
  connectionId: number | null
  status: DeliveryStatus
  error: string | null
}

/** Raw bodies, one after another in one zstd frame. */
interface BundleTable {
  /** That of its first delivery. */
  id: number
  lastId: number
  /** When the last of them was received. */
  receivedAt: number
  /** `[delivery, where its body starts]`, in their order. */
  pieces: JsonText
  body: Buffer
}

/** Which delivery of a GUID speaks for the event. */
interface EventTable {
  connectionId: number
  guid: string
  deliveryId: number
}

/** What GitHub's delivery logs say, attempt by attempt. */
interface DeliveryLogTable {
  hookId: string
  githubId: number | bigint
  guid: string
  deliveredAt: number
  status: string
  statusCode: number
  event: string
  action: string | null
  installationId: number | null
  throttledAt: number | null
  redelivery: 0 | 1
  repositoryId: number | null
  unreadable: string | null
}

interface DeliveryLogReadingTable {
  hookId: string
  readAt: number
  watermark: number | null
  wholeAt: number | null
  rest: JsonText | null
  refusal: JsonText | null
}

interface AuditLogReadingTable {
  connectionId: number
  readAt: number
  watermark: number
  next: string | null
  /** JSON. */
  seen: string
  refusal: string | null
}

interface DiscoveryTable {
  connectionId: number
  type: string
  why: string
  startedAt: number
  endedAt: number | null
  completedAt: number | null
  count: number
  total: number | null
  next: string | null
  requests: number
  refusal: JsonText | null
}

interface JobTable {
  id: Generated<number>
  kind: JobKind
  connectionId: number | null
  key: string
  lock: string
  payload: JsonText
  runAt: number
  attempts: number
  state: JobState
  error: string | null
  createdAt: number
  /** 1: it is queued for as long as a limit of GitHub's asks. */
  waits: Generated<0 | 1>
}

interface ResourceTable {
  id: Generated<number>
  connectionId: number
  type: string
  nodeId: string
  parentId: number | null
  title: string
  data: JsonText
  sightings: JsonText
  revision: number | null
  version: number
  createdAt: number
  lastSeenSource: Source
  lastSeenAt: number
  readAt: number | null
  refusal: JsonText | null
  goneAt: number | null
  goneReason: string | null
}

interface VersionTable {
  connectionId: number
  resourceId: number
  version: number
  data: JsonText
  at: number
  title: string
  parentId: number | null
  revision: number | null
  goneAt: number | null
  goneReason: string | null
}

interface ActivityTable {
  id: Generated<number>
  connectionId: number
  resourceId: number
  kind: Activity['kind']
  actor: string | null
  summary: string
  changes: JsonText
  source: Activity['source']
  deliveryId: number | null
  at: number
}

interface FolderTable {
  id: Generated<number>
  parentId: number | null
  title: string
  createdAt: number
}

/** A folder, or a resource of a connection; a selector as `selectorKey` writes it, empty for none. */
interface PlaceColumns {
  folderId: number | null
  connectionId: number | null
  resourceId: number | null
  selector: string
}

interface AuthorshipColumns {
  source: Authorship['source']
  origin: JsonText | null
  setBy: string
  createdAt: number
}

interface PolicySettingTable extends PlaceColumns, AuthorshipColumns {
  id: Generated<number>
  path: string
  value: JsonText | null
  expression: string | null
  precedence: Precedence
  note: string | null
  startsAt: number | null
  expiresAt: number | null
}

interface PolicyPackTable extends AuthorshipColumns {
  id: Generated<number>
  /** Null: the operator's. */
  connectionId: number | null
  name: string
  title: string
  description: string
  /** Rules, in their order. */
  settings: JsonText
}

interface PolicyAttachmentTable extends PlaceColumns, AuthorshipColumns {
  id: Generated<number>
  packId: number | null
  shippedPack: string | null
  position: number
}

interface ControlTable {
  id: Generated<number>
  connectionId: number
  resourceId: number
  path: string
  state: ControlState
  reason: string
  since: number
  lastRunAt: number | null
  lastRunId: number | null
  /** What its policy asked for when it was last judged; null: that was not kept yet. */
  value: Generated<JsonText | null>
  /** Set when its resource is gone: the row stays, for its runs and reports. */
  removedAt: number | null
  /** Its resource's. */
  title: string
  /** By its state: the worst is 0. */
  severity: ColumnType<number, never, never>
}

interface MuteTable {
  connectionId: number
  controlId: number
  until: MuteEnd
  date: number | null
  note: string | null
  by: string
  at: number
}

interface EnforcementTable {
  id: Generated<number>
  connectionId: number
  controlId: number
  change: string
  changes: JsonText
  outcome: EnforcementOutcome
  at: number
}

interface HeldEnforcementTable {
  connectionId: number
  controlId: number
  kind: HoldKind
  change: string
  changes: JsonText
  reason: string
  until: number | null
  since: number
}

interface RunTable {
  id: Generated<number>
  connectionId: number
  controlId: number
  cause: string
  value: JsonText
  verdict: JsonText
  calls: JsonText
  startedAt: number
  endedAt: number
}

interface ReportTable {
  connectionId: number
  controlId: number
  kind: Report['kind']
  repositoryNodeId: string
  githubId: number
  headSha: string | null
  contentHash: string
  open: 0 | 1
  updatedAt: number
}

/** Every repository that reports of a connection ever went to. */
interface ReportPlaceTable {
  connectionId: number
  kind: Report['kind']
  repositoryNodeId: string
}

interface PersonTable {
  id: Generated<number>
  kind: PersonKind
  login: string
  githubId: number | null
  /** A hash by argon2id, in the form of a PHC string. */
  password: string | null
  mustChangePassword: 0 | 1
  createdAt: number
  lastSeenAt: number | null
}

interface SessionTable {
  id: Generated<number>
  /** SHA-256 of what the cookie holds. */
  hash: Buffer
  personId: number
  address: string
  userAgent: string
  startedAt: number
  lastSeenAt: number
  expiresAt: number
}

/** Without connection and resource: everywhere. */
interface GrantTable {
  id: Generated<number>
  personId: number
  connectionId: number | null
  resourceId: number | null
  role: Role
  grantedBy: string
  grantedAt: number
}

/** What the database knows of itself. */
interface FactTable {
  name: string
  value: Buffer
}

/** A row of a table as it is read. */
export type Row<Table extends keyof Database> = Selectable<Database[Table]>
