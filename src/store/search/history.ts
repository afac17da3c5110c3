import type { Kysely } from 'kysely'
import type { Scope } from '../../model/access.ts'
import type { Run } from '../../model/control.ts'
import type { Version } from '../../model/search.ts'
import { toRun } from '../runs.ts'
import type { Database } from '../tables.ts'
import { controlInScope } from './controls.ts'
import { resourceInScope } from './resources.ts'

interface Part {
  readonly before: number | null
  readonly limit: number
}

export async function versionsInScope(
  db: Kysely<Database>,
  scope: Scope,
  id: number,
  { before, limit }: Part,
): Promise<Version[]> {
  const resource = await resourceInScope(db, scope, id)
  if (!resource) return []
  let query = db
    .selectFrom('versions')
    .select(['version', 'data', 'at'])
    .where('connectionId', '=', resource.connectionId)
    .where('resourceId', '=', id)
  if (before !== null) query = query.where('version', '<', before)
  const rows = await query.orderBy('version', 'desc').limit(limit).execute()
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) }))
}

export async function runsInScope(
  db: Kysely<Database>,
  scope: Scope,
  controlId: number,
  { before, limit }: Part,
): Promise<Run[]> {
  const control = await controlInScope(db, scope, controlId)
  if (!control) return []
  let query = db
    .selectFrom('runs')
    .selectAll()
    .where('connectionId', '=', control.connectionId)
    .where('controlId', '=', controlId)
  if (before !== null) query = query.where('id', '<', before)
  return (await query.orderBy('id', 'desc').limit(limit).execute()).map(toRun)
}
