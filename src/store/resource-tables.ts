import type { Generated } from 'kysely'
import type { Activity, Source } from '../model/resource.ts'
import type { JsonText } from './json-text.ts'

/** What there is, and was. */
export interface ResourceTables {
  resources: ResourceTable
  versions: VersionTable
  activities: ActivityTable
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
