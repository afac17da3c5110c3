import type { Kysely } from 'kysely'
import { isKnown, type Report } from '../model/report.ts'
import type { ReportStore } from '../model/store.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database, Row } from './tables.ts'

export function reports(db: Kysely<Database>): ReportStore {
  const ofControl = (connectionId: number, controlId: number) =>
    db.selectFrom('reports').selectAll().where('connectionId', '=', connectionId).where('controlId', '=', controlId)
  return {
    get: async (connectionId, controlId, kind) => {
      const row = await ofControl(connectionId, controlId).where('kind', '=', kind).executeTakeFirst()
      return row ? toReport(row) : null
    },
    list: async (connectionId, controlId) =>
      (await ofControl(connectionId, controlId).orderBy('kind').execute()).map(toReport).filter(isKnown),
    byGitHubId: async (connectionId, kind, githubId) => {
      const ofConnection = db.selectFrom('reports').selectAll().where('connectionId', '=', connectionId)
      const said = ofConnection.where('kind', '=', kind).where('githubId', '=', githubId)
      // Issues are numbered by repository: after the reporting repository changed, an older one may bear the number.
      const row = await said.orderBy('updatedAt', 'desc').limit(1).executeTakeFirst()
      return row ? toReport(row) : null
    },
    save: (report) => inTransaction(db, (db) => save(db, report)),
    open: async (connectionId) => {
      const ofConnection = db.selectFrom('reports').selectAll().where('connectionId', '=', connectionId)
      const open = ofConnection.where('kind', '=', 'issue').where('open', '=', 1)
      return (await open.orderBy('controlId').execute()).map(toReport).filter(isKnown)
    },
    places: (connectionId) => {
      const all = db.selectFrom('reportPlaces').select(['kind', 'repositoryNodeId'])
      return all.where('connectionId', '=', connectionId).orderBy('repositoryNodeId').orderBy('kind').execute()
    },
    remove: async (connectionId, controlId, kind) => {
      await db
        .deleteFrom('reports')
        .where('connectionId', '=', connectionId)
        .where('controlId', '=', controlId)
        .where('kind', '=', kind)
        .execute()
    },
  }
}

/** The columns take no null. No id of GitHub's is 0. */
const none = { githubId: 0, contentHash: '' }

async function save(db: Kysely<Database>, { connectionId, controlId, kind, ...rest }: Report): Promise<void> {
  const githubId = rest.githubId ?? none.githubId
  const contentHash = rest.contentHash ?? none.contentHash
  const said = { ...rest, githubId, contentHash, open: rest.open ? (1 as const) : (0 as const) }
  await db
    .insertInto('reports')
    .values({ connectionId, controlId, kind, ...said })
    .onConflict((conflict) => conflict.columns(['connectionId', 'controlId', 'kind']).doUpdateSet(said))
    .execute()
  await db
    .insertInto('reportPlaces')
    .values({ connectionId, kind, repositoryNodeId: rest.repositoryNodeId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const toReport = (row: Row<'reports'>): Report => ({
  ...row,
  githubId: row.githubId === none.githubId ? null : row.githubId,
  contentHash: row.contentHash === none.contentHash ? null : row.contentHash,
  open: row.open === 1,
})
