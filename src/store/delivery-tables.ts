import type { Generated } from 'kysely'
import type { DeliverySource, DeliveryStatus } from '../model/delivery.ts'
import type { JsonText } from './json-text.ts'

/** What GitHub sent, and what its logs say it sent. */
export interface DeliveryTables {
  deliveries: DeliveryTable
  bundles: BundleTable
  arrivals: ArrivalTable
  events: EventTable
  deliveryLog: DeliveryLogTable
  deliveryLogReadings: DeliveryLogReadingTable
  auditLogReadings: AuditLogReadingTable
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

/** A bundle whose deliveries are not entered yet. */
interface ArrivalTable {
  /** The bundle's. */
  id: number
  /** How many deliveries. */
  size: number
  /** When the first of them was received. */
  receivedAt: number
  /** What is said of each besides its body, in the order of the bundle. */
  heads: JsonText
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
