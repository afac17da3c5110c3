import type { NewActivity, PastResource, Resource, Version } from './resource.ts'

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
  /** When the newest of them last changed in anything but quiet fields, in milliseconds; null: none is there. */
  changedAt(connectionId: number, ids: readonly number[]): Promise<number | null>
  /** Oldest first. */
  versions(connectionId: number, id: number): Promise<Version[]>
  /** What was known at `time` (milliseconds), in title order of then. A resource that was not known yet is not among them. */
  asOf(connectionId: number, time: number, filter?: PastFilter): Promise<PastResource[]>
}
