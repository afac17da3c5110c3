import type { Scope } from './access.ts'
import type { Connection } from './connection.ts'
import type { ControlRecord, Run } from './control.ts'
import type { ControlState } from './control-state.ts'
import { type Delivery, deliverySources, deliveryStatuses } from './delivery.ts'
import type { Filter, Terms } from './filter.ts'
import type { Folder } from './folder.ts'
import type { News, Watermarks } from './news.ts'
import type { PolicySetting } from './policy.ts'
import type { PolicyAttachment } from './policy-pack.ts'
import { type Activity, activityKinds, activitySources, type PastResource, type Resource } from './resource.ts'

/** Where a page begins: after the row with this key. */
export type Key = readonly (string | number)[]

/** A part of a list. */
export interface PageAsked {
  readonly filter: Filter
  /** Null: the first page, with a total. */
  readonly after: Key | null
  readonly limit: number
  /** In milliseconds. */
  readonly now: number
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  /** The key of the last row where more may follow. */
  readonly next: Key | null
  /** Null: not asked for, or more than are counted. */
  readonly total: number | null
}

/** A resource as other things name it. */
export interface ResourceName {
  readonly id: number
  readonly connectionId: number
  readonly type: string
  readonly title: string
}

export interface FoundResource extends ResourceName {
  readonly parentId: number | null
  readonly hasChildren: boolean
  readonly lastSeenAt: number
  readonly goneAt: number | null
  /** The worst state among its controls that are not muted; null: it has none. */
  readonly worst: ControlState | null
}

export interface FoundControl extends ControlRecord {
  readonly resource: ResourceName
  readonly muted: boolean
}

export interface FoundActivity extends Activity {
  readonly resource: ResourceName
}

/** What is put on a place, with the place by name: a resource, or a folder. Those on folders are for who sees everything. */
export type Located<Row> = Row &
  (
    | { readonly resource: ResourceName; readonly folder: null }
    | { readonly resource: null; readonly folder: Pick<Folder, 'id' | 'title'> }
  )

export type FoundSetting = Located<PolicySetting>
export type FoundAttachment = Located<PolicyAttachment>

export type FoundDelivery = Omit<Delivery, 'headers' | 'body' | 'bodySeenBefore'> & {
  readonly connection: { readonly id: number; readonly login: string } | null
}

/** A resource that became another between two moments. */
export interface Became {
  /** When it last did, in milliseconds. */
  readonly at: number
  /** Null: it was not recorded yet, or what it was is no longer kept. */
  readonly before: PastResource | null
  readonly after: PastResource
  /** It was recorded before, but what it was is no longer kept. */
  readonly isForgotten: boolean
}

/** How many controls of a path stand in a state, the muted ones apart. */
export interface ControlCount {
  readonly path: string
  readonly state: ControlState
  readonly count: number
  readonly muted: number
}

/**
 * What people may look for: each answer holds rows of the scope only, and a row outside it is as one that does not exist.
 * A delivery, and a connection, belong to an organization as a whole; a delivery of no connection yet to those who see
 * everything.
 */
export interface SearchStore {
  connections(scope: Scope): Promise<Connection[]>
  resource(scope: Scope, id: number): Promise<Resource | null>
  /** Those of the ids that may be seen. */
  names(scope: Scope, ids: readonly number[]): Promise<ResourceName[]>
  /** By title. */
  resources(scope: Scope, page: PageAsked): Promise<Page<FoundResource>>
  /** How many there are of each type, those that are gone apart. */
  resourceCounts(scope: Scope): Promise<{ type: string; count: number }[]>
  control(scope: Scope, id: number): Promise<ControlRecord | null>
  /** The worst first, then by title. Muted ones are left out unless the filter speaks of `muted:`. */
  controls(scope: Scope, page: PageAsked): Promise<Page<FoundControl>>
  /** The states of a resource's controls, the muted ones left out. */
  statesOf(scope: Scope, resourceId: number, now: number): Promise<ControlState[]>
  /** Newest first. */
  activities(scope: Scope, page: PageAsked): Promise<Page<FoundActivity>>
  deliveries(scope: Scope, page: PageAsked): Promise<Page<FoundDelivery>>
  delivery(scope: Scope, id: number): Promise<FoundDelivery | null>
  /** When the newest delivery came that may be seen, in milliseconds. */
  lastDeliveryAt(scope: Scope): Promise<number | null>
  policySettings(scope: Scope, page: PageAsked): Promise<Page<FoundSetting>>
  policySetting(scope: Scope, id: number): Promise<PolicySetting | null>
  /** In the order of their positions. */
  policyAttachments(scope: Scope, page: PageAsked): Promise<Page<FoundAttachment>>
  policyAttachment(scope: Scope, id: number): Promise<PolicyAttachment | null>
  settingCounts(scope: Scope): Promise<{ path: string; count: number }[]>
  /** Newest first, with those before a version (null: from the newest) and the one before the last told, to compare with. */
  versions(scope: Scope, id: number, page: { before: number | null; limit: number }): Promise<Version[]>
  /** As it was known at `time` (milliseconds); null: it is out of sight, was not recorded yet, or that is no longer kept. */
  past(scope: Scope, id: number, time: number): Promise<PastResource | null>
  /**
   * What was known at `time`, by the titles of today. So many are looked at for one page, and no more: a page may be short
   * of its limit, and more follow.
   */
  pastResources(scope: Scope, time: number, page: PageAsked): Promise<Page<PastResource>>
  /** What of a resource and all below it became another after `from`, until `to`, the last first; pages as short as those. */
  became(scope: Scope, id: number, asked: Interval & Pick<PageAsked, 'after' | 'limit'>): Promise<Page<Became>>
  runs(scope: Scope, controlId: number, page: { before: number | null; limit: number }): Promise<Run[]>
  watermarks(): Promise<Watermarks>
  /** What came after the marks, and how the deliveries that were pending then stand now. */
  newsSince(marks: Watermarks, pending: readonly number[]): Promise<News>
  /** The connections that somebody may see as a whole, and those of the resources that they may see. */
  seenBy(
    scope: Scope,
    resourceIds: readonly number[],
  ): Promise<{ connections: 'all' | ReadonlySet<number>; resources: 'all' | ReadonlySet<number> }>
  controlCounts(scope: Scope, now: number): Promise<ControlCount[]>
}

/** What a resource was. */
export interface Version {
  readonly version: number
  readonly data: Resource['data']
  readonly at: number
}

/** Both in milliseconds. */
interface Interval {
  readonly from: number
  readonly to: number
}

const scopeTerms = { under: 'id', connection: 'text' } as const

/** The terms of each list; `choices` are the texts that the catalog of types gives. */
export const resourceTerms = (types: readonly string[], states: readonly ControlState[]) =>
  ({ ...scopeTerms, parent: 'id', type: types, state: states, gone: 'flag' }) satisfies Terms
/** Of a past moment; the states of controls then are not asked for so. */
export const pastTerms = (types: readonly string[]) =>
  ({ ...scopeTerms, parent: 'id', type: types, gone: 'flag' }) satisfies Terms
export const controlTerms = (paths: readonly string[], states: readonly ControlState[]) =>
  ({ ...scopeTerms, resource: 'id', type: paths, state: states, muted: 'flag' }) satisfies Terms
export const activityTerms = {
  ...scopeTerms,
  resource: 'id',
  control: 'id',
  kind: activityKinds,
  actor: 'text',
  source: activitySources,
} satisfies Terms
export const deliveryTerms = {
  connection: 'text',
  status: deliveryStatuses,
  event: 'text',
  hook: 'text',
  source: deliverySources,
  guid: 'text',
} satisfies Terms
export const attachmentTerms = { ...scopeTerms, resource: 'id', folder: 'id', pack: 'text' } satisfies Terms
export const settingTerms = (paths: readonly string[]) =>
  ({
    ...scopeTerms,
    resource: 'id',
    folder: 'id',
    policy: paths,
    precedence: ['required', 'recommended'],
  }) satisfies Terms
