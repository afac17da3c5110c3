import type { Scope } from './access.ts'
import type { Connection } from './connection.ts'
import type { ControlRecord } from './control.ts'
import type { ControlState } from './control-state.ts'
import type { Delivery } from './delivery.ts'
import type { Filter, Terms } from './filter.ts'
import type { PolicySetting } from './policy.ts'
import type { Activity, Resource } from './resource.ts'

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

export interface FoundSetting extends PolicySetting {
  readonly resource: ResourceName
  /** A Required below a Required. */
  readonly exception: boolean
}

export type FoundDelivery = Omit<Delivery, 'headers' | 'body' | 'bodySeenBefore'> & {
  readonly connection: { readonly id: number; readonly login: string } | null
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
  controlCounts(scope: Scope, now: number): Promise<ControlCount[]>
}

const scopeTerms = { under: 'id', connection: 'text' } as const

/** The terms of each list; `choices` are the texts that the catalog of types gives. */
export const resourceTerms = (types: readonly string[], states: readonly ControlState[]) =>
  ({ ...scopeTerms, parent: 'id', type: types, state: states, gone: 'flag' }) satisfies Terms
export const controlTerms = (paths: readonly string[], states: readonly ControlState[]) =>
  ({ ...scopeTerms, resource: 'id', type: paths, state: states, muted: 'flag' }) satisfies Terms
