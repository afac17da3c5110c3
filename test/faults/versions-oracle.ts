import type BetterSqlite3 from 'better-sqlite3'
import type { Truth } from './truth.ts'

/** A version of a repository as it was recorded, and when. */
export interface RecordedVersion {
  readonly nodeId: string
  readonly at: number
  readonly data: Readonly<Record<string, unknown>>
}

export function recordedVersions(database: BetterSqlite3.Database): RecordedVersion[] {
  const rows = database
    .prepare(
      `select r.node_id as nodeId, v.at, v.data from versions v join resources r on r.id = v.resource_id
       where r.type = 'GitHub > Repository'`,
    )
    .all() as { nodeId: string; at: number; data: string }[]
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) }))
}

/** What is read is recorded under the time it was asked at; GitHub may take so long to answer, in milliseconds. */
const answering = 10_000

/** Values that were recorded of a repository and that it had at no time until then. */
export function falseVersions({ history }: Truth, versions: readonly RecordedVersion[]): string[] {
  return versions.flatMap(({ nodeId, at, data }) => {
    const states = (history.repositories.get(nodeId) ?? [])
      .filter((moment) => moment.at <= at + answering)
      .flatMap(({ state }) => state ?? [])
    const values: Readonly<Record<string, readonly unknown[]>> = {
      nameWithOwner: states.map(({ nameWithOwner }) => nameWithOwner),
      visibility: states.map(({ visibility }) => visibility),
      isArchived: states.map(({ archived }) => archived),
      description: states.map(({ description }) => description),
      defaultBranch: states.map(({ defaultBranch }) => defaultBranch),
    }
    return Object.entries(values).flatMap(([field, had]) =>
      data[field] === undefined || had.includes(data[field])
        ? []
        : [`${nodeId} was recorded at ${at} with ${field} ${JSON.stringify(data[field])}, which it never had`],
    )
  })
}
