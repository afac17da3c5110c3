import type { Database } from 'better-sqlite3'

/** GUIDs of the deliveries that are kept, entered or not. */
export const keptGuids = (database: Database): string[] =>
  database
    .prepare<[], string>(
      `select guid from deliveries
        union all select head.value ->> 'guid' from arrivals join json_each(arrivals.heads) as head`,
    )
    .pluck()
    .all()
