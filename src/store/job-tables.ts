import type { Generated } from 'kysely'
import type { JobKind, JobState } from '../model/job.ts'
import type { JsonText } from './json-text.ts'

/** Work to be done. */
export interface JobTables {
  jobs: JobTable
  discoveries: DiscoveryTable
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
