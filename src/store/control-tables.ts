import type { ColumnType, Generated } from 'kysely'
import type { ControlState } from '../model/control-state.ts'
import type { MuteEnd } from '../model/mute.ts'
import type { Report } from '../model/report.ts'
import type { JsonText } from './json-text.ts'

/** What was found, and said. */
export interface ControlTables {
  controls: ControlTable
  mutes: MuteTable
  runs: RunTable
  reports: ReportTable
  reportPlaces: ReportPlaceTable
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
