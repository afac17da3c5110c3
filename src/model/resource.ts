import type { Diagnosis } from './diagnosis.ts'

/** Plain JSON: what a resource's data is made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** How a fact was learnt. */
export type Source = 'event' | 'read' | 'discovery' | 'enforcement'

/** When and how a field was last known true; `at` in milliseconds. */
export interface Sighting {
  readonly source: Source
  readonly at: number
}

/** One thing in the CMDB. Its identity is (connection, type, nodeId): it survives renaming. */
export interface Resource<Data = Record<string, Json>> {
  readonly id: number
  readonly connectionId: number
  readonly type: string
  readonly nodeId: string
  readonly parentId: number | null
  /** What people call it, e.g. `acme/web`. */
  readonly title: string
  /** A field that no source has given yet is absent. */
  readonly data: Readonly<Partial<Data>>
  readonly sightings: Readonly<Record<string, Sighting>>
  /** GitHub's own change counter (`updated_at`, milliseconds) of the newest state seen; null where it has none. */
  readonly revision: number | null
  /** Counts the changes of data, from 1; changes of quiet fields alone do not count. */
  readonly version: number
  readonly createdAt: number
  readonly lastSeen: Sighting
  /** When GitHub's newest answer about it was asked for, in milliseconds; null if it was never read. */
  readonly readAt: number | null
  /** Why the newest read failed; null when it did not. */
  readonly refusal: Diagnosis | null
  /** When and why it left our view; null while it is there. */
  readonly goneAt: number | null
  readonly goneReason: string | null
}

/** What a resource was like from one moment to the next version's. Quiet fields are left out: they are not remembered. */
export interface Version {
  /** Counts from 1. */
  readonly version: number
  /** When Guardpost knew, in milliseconds: an event's arrival, or the moment GitHub was asked. Never before the version it follows. */
  readonly at: number
  /** GitHub's own time of the state (`updated_at`, milliseconds); null where it has none. */
  readonly revision: number | null
  readonly title: string
  readonly parentId: number | null
  readonly data: Readonly<Record<string, Json>>
  readonly goneAt: number | null
  readonly goneReason: string | null
}

/** A resource as it was at a moment. Its `id`, and what identifies it, never change. */
export interface PastResource extends Version {
  readonly id: number
  readonly connectionId: number
  readonly type: string
  readonly nodeId: string
}

/** One field's change: absent means it was not known. */
export interface FieldChange {
  readonly field: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}

export const activityKinds = [
  'found',
  'changed',
  'gone',
  'returned',
  'enforced',
  'policy',
  'state',
  'mute',
  'access',
  'away',
] as const

type ActivityKind = (typeof activityKinds)[number]

/** How we know, or how it was done here: at the command line, in the console, by the API, or by a policy file. */
export const activitySources = [
  'event',
  'audit log',
  'read',
  'discovery',
  'enforcement',
  'cli',
  'console',
  'api',
  'file',
] as const

/** One line of history. */
export interface Activity {
  readonly id: number
  readonly connectionId: number
  readonly resourceId: number
  readonly kind: ActivityKind
  /** GitHub login, `guardpost` for ourselves (a user of that name is `@guardpost`), null where GitHub did not say. */
  readonly actor: string | null
  /** One line: what happened. */
  readonly summary: string
  readonly changes: readonly FieldChange[]
  readonly source: (typeof activitySources)[number]
  readonly deliveryId: number | null
  readonly at: number
}

export type NewActivity = Omit<Activity, 'id'>
