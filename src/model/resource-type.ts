import type { Connection } from './connection.ts'
import type { HookLog } from './delivery-log.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { Discovery } from './discovery.ts'
import type { GitHubReader } from './github.ts'
import type { Hook } from './hook.ts'
import type { Need, Permissions } from './permission.ts'
import type { PolicyRepository } from './policy-file.ts'
import type { Json } from './resource.ts'
import type { WebhookEvent } from './webhook-event.ts'

/** How a field is shown in SQL, and where it comes from. */
export interface Field {
  readonly kind: 'text' | 'number' | 'flag' | 'time' | 'json'
  /** The event that carries its changes; null: no event does, it is only read. */
  readonly event: WebhookEvent | null
  readonly about: string
  /** It changes too often, or means too little, to make history: no version, no activity. */
  readonly quiet?: true
}

const field = (kind: Field['kind']) => ({
  /** Changes of it come with this event. */
  from: (event: WebhookEvent, about: string): Field => ({ kind, event, about }),
  /** No event tells of a change. */
  readOnly: (about: string): Field => ({ kind, event: null, about }),
})

export const text = field('text')
export const number = field('number')
export const flag = field('flag')
/** ISO 8601, UTC. */
export const time = field('time')
export const json = field('json')

export const quiet = (loud: Field): Field => ({ ...loud, quiet: true })

/**
 * What one source says. `seen`: these fields have these values; fields left out stay untouched.
 * `prompt`: something may have happened to it (deleted, transferred, installed…): only a read settles what.
 */
export type Observation<Data = Record<string, Json>> =
  | {
      readonly kind: 'seen'
      readonly nodeId: string
      readonly data: Partial<Data>
      /** The change counter that GitHub puts into the object (`updated_at`, milliseconds), where it has one. */
      readonly revision?: number
      /** What it lies below, by node id, where that is not the organization. */
      readonly parentNodeId?: string
    }
  /** These are all there are below that parent (`nodeId`): whatever else is known there is gone. */
  | { readonly kind: 'listed'; readonly nodeId: string; readonly nodeIds: readonly string[]; readonly reason: string }
  | { readonly kind: 'gone'; readonly nodeId: string; readonly reason: string }
  | { readonly kind: 'prompt'; readonly nodeId: string }
  /** GitHub does not let it be read: what was known of it is of before. */
  | { readonly kind: 'refused'; readonly nodeId: string; readonly parentNodeId: string; readonly refusal: Diagnosis }

/** What a webhook payload has in common, as far as mapping needs it. Everything may be missing: it comes from outside. */
export interface Payload {
  readonly action?: string
  readonly [key: string]: unknown
}

/** What the credential is known to be permitted; a classic token sees whatever its owner does. */
export type Granted = Permissions | 'as its owner'

/** What a read may use. */
export interface ReadContext {
  readonly connection: Connection
  readonly github: GitHubReader
  /** The App itself; null for a token. */
  readonly app: GitHubReader | null
  /** Facts of ours that a resource about ourselves is made of. */
  readonly ours: {
    readonly hooks: readonly Hook[]
    /** Webhooks on the same organization that another connection of ours looks after. */
    readonly hooksOfOthers: readonly Hook[]
    /** What is recorded of one resource of the type that is read; null when nothing is. */
    readonly known: <Data>(nodeId: string) => Promise<Readonly<Partial<Data>> | null>
    /** The node id of a repository that is recorded under this name and number; null when none is. */
    readonly repositoryNodeId: (nameWithOwner: string, databaseId: number) => Promise<string | null>
    /** The repository that policy files come from; null where there is none. */
    readonly policyRepository: () => Promise<PolicyRepository | null>
    /** Whether a delivery of this GUID came by that hook of ours with its signature. */
    readonly hasReceived: (hookId: string, guid: string) => Promise<boolean>
    /** What GitHub's delivery logs say of the hooks that bring this connection's events. */
    readonly logs: () => Promise<readonly HookLog[]>
    /** How the newest discovery of a type stands; null before the first. */
    readonly discovery: (type: string) => Promise<Discovery | null>
    /** Where the App's webhook shall point, and the URL of an organization webhook of ours by its id. */
    readonly appHookUrl: string
    readonly hookUrl: (id: string) => string
    /** Null where it is not known. */
    readonly granted: Granted | null
    readonly needs: readonly Need[]
    readonly events: readonly WebhookEvent[]
    readonly now: number
  }
}

/** A page of what a connection can see. */
export interface DiscoveredPage<Data = Record<string, Json>> {
  readonly seen: readonly Observation<Data>[]
  /** What the same answer says of other types, which are discovered with this one. */
  readonly beside?: readonly { readonly type: string; readonly seen: readonly Observation[] }[]
  /** Where the next page begins; null after the last. */
  readonly next: string | null
  /** How many were gone through on this page; by default as many as were seen. */
  readonly count?: number
  /** How many there are on all pages, as GitHub says now; null where it does not say. */
  readonly total: number | null
}

/** A kind of thing in the CMDB: what is known of it, and how it is learnt. */
export interface ResourceType<Data = Record<string, Json>> {
  readonly type: string
  /** Name of its SQL view, e.g. `github_repository`. */
  readonly view: string
  readonly parent: string | null
  readonly fields: Readonly<Record<keyof Data & string, Field>>
  /** What reading it needs. */
  readonly needs: Permissions
  /**
   * True: whoever does not grant what it needs has no fault. It stays unknown, and that is said; only a policy in force
   * that judges by it makes what it needs, and its events, needed.
   */
  readonly optional?: true
  /** How often all of it is read again though nothing was heard, in milliseconds: what no event carries is not older. */
  readonly rhythm?: number
  /** GitHub tells it one repository at a time: read only where a policy in force judges by it. */
  readonly perRepository?: true
  /** What GitHub says of it means something only where it is known what was granted: that is read before. */
  readonly readsGranted?: true
  /** `parent`: it is read with all of its kind below one parent, whose node id stands in the place of its own. */
  readonly readBy?: 'parent'
  /**
   * The type whose discovery brings this one along. With a `discover` of its own: that is for where the other's cannot be
   * read, or did not say anything of this one.
   */
  readonly discoveredWith?: string
  /** Where there is one of it per parent: its node id, made of the parent's. */
  readonly single?: (parentNodeId: string) => string
  title(data: Readonly<Partial<Data>>): string
  readonly fromEvent: Partial<
    Record<WebhookEvent, (payload: Payload, connection: Connection) => readonly Observation<Data>[]>
  >
  /** The newest state of the named ones, up to `batch` at once; those that GitHub says are not there are `gone`. */
  read(context: ReadContext, nodeIds: readonly string[]): Promise<readonly Observation<Data>[]>
  readonly batch: number
  /**
   * Every one that the connection can see, page by page, from the start (null) or from where an earlier page said that it
   * goes on. Absent: there is one per connection, or another type's discovery brings it.
   */
  discover?(context: ReadContext, from: string | null): AsyncIterable<DiscoveredPage<Data>>
}

/** Declares a resource type. The list of them is `resources/index.ts`. */
export const defineResource = <Data>(type: ResourceType<Data>): ResourceType<Data> => type
