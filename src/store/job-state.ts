import { sql } from 'kysely'

/** Literals, not parameters: SQLite uses an index over some rows only where the statement itself says which. */
export const queued = sql.lit('queued' as const)
export const running = sql.lit('running' as const)
export const parked = sql.lit('parked' as const)
export const projection = sql.lit('project' as const)
