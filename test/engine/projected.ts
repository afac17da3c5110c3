import { randomUUID } from 'node:crypto'
import BetterSqlite3 from 'better-sqlite3'
import { appPath, headersOf, post } from '../server/requests.ts'
import { type Guarded, webhookSecret } from '../support/guarded.ts'

/** Sends what was signed with a secret, and what became of it. */
export interface Sender {
  /** Signed by the App, or by the organization webhook of this id and secret. */
  send(event: string, payload: object | string, by?: { id: string; secret: string }): Promise<string>
  /** `status` of a delivery, once everything that follows from it is done. */
  statusOf(guid: string): Promise<unknown>
  /** Everything the CMDB holds, without what only says when it was looked at. */
  cmdb(): unknown
  close(): void
}

const queries = [
  `select connection_id, type, node_id, parent_id, title, data, version, gone_at, gone_reason from resources
   where type <> 'GitHub > Connection'`,
  `select connection_id, node_id, version, json_extract(data, '$.status') from resources where type = 'GitHub > Connection'`,
  'select connection_id, resource_id, version, data from versions',
  'select * from activities',
  'select connection_id, resource_id, path, state, reason, since from controls',
  'select * from connections',
  'select * from hooks',
  'select * from policy_settings',
]

export function sender(town: Guarded): Sender {
  const database = new BetterSqlite3(town.config.databaseFile, { readonly: true })
  return {
    async send(event, payload, by) {
      const guid = randomUUID()
      const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
      const path = by ? `/api/github/hooks/${by.id}` : appPath
      const { status } = await post(town.address, path, body, headersOf(by?.secret ?? webhookSecret, event, guid, body))
      if (status !== 202) throw new Error(`The delivery was answered ${status}.`)
      return guid
    },
    async statusOf(guid) {
      await town.settle()
      return database.prepare('select status from deliveries where guid = ?').pluck().get(guid)
    },
    cmdb: () => queries.map((query) => database.prepare(query).all()),
    close: () => database.close(),
  }
}
