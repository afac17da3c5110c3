import type BetterSqlite3 from 'better-sqlite3'
import type { Verdict } from '../../src/model/verdict.ts'

/** A judgement as it was published: what was said of which resource, and when. Times in milliseconds. */
export interface PublishedRun {
  readonly id: number
  readonly organization: string
  readonly kind: 'app' | 'token'
  readonly nodeId: string
  readonly path: string
  readonly cause: string
  readonly verdict: Verdict
  readonly startedAt: number
  readonly endedAt: number
}

/** Every run that Guardpost kept, oldest first. */
export function publishedRuns(database: BetterSqlite3.Database): PublishedRun[] {
  const rows = database
    .prepare(
      `select u.id, n.login as organization, n.kind, r.node_id as nodeId, c.path, u.cause, u.verdict,
         u.started_at as startedAt, u.ended_at as endedAt
       from runs u join controls c on c.id = u.control_id join resources r on r.id = c.resource_id
         join connections n on n.id = u.connection_id
       order by u.id`,
    )
    .all() as (Omit<PublishedRun, 'verdict'> & { verdict: string })[]
  return rows.map((row) => ({ ...row, verdict: JSON.parse(row.verdict) }))
}

/** The time that a line of the evidence names; nothing where there is no such line. */
export function timeIn({ evidence }: Verdict, about: string): number | undefined {
  const [time] = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(evidence.find((line) => line.about === about)?.found ?? '') ?? []
  return time ? Date.parse(time) : undefined
}
