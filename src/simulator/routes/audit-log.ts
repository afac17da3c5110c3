import { type AuditLogEntry, hasAuditLog } from '../audit-log.ts'
import { type Call, type Operation, onOrganization } from '../http/operation.ts'
import { pageAfter } from '../http/paginate.ts'
import { notFound } from '../http/refusal.ts'

/** Of the qualifiers of a search phrase, those that are simulated: `created:>=TIME` and `action:NAME`. */
function fits(phrase: string, { created_at, action }: AuditLogEntry): boolean {
  return phrase.split(/\s+/).every((word) => {
    const [, since] = /^created:>=(\S+)$/.exec(word) ?? []
    if (since) return created_at >= Date.parse(since)
    const [, named] = /^action:(\S+)$/.exec(word) ?? []
    return named === undefined || action === named || action.startsWith(`${named}.`)
  })
}

function list(call: Call, entries: readonly AuditLogEntry[]) {
  const { query } = call
  const phrase = query.get('phrase')
  const found = entries.filter((entry) => query.get('include') !== 'git' && (!phrase || fits(phrase, entry)))
  const sign = query.get('order') === 'asc' ? 1 : -1
  const sorted = found.toSorted((one, other) => sign * (one.created_at - other.created_at))
  const { page, headers } = pageAfter(call, sorted, ({ _document_id }) => _document_id)
  return { status: 200, body: page, headers }
}

export const auditLogOperations: readonly Operation[] = [
  onOrganization(
    'GET /orgs/{org}/audit-log',
    'orgs/orgs#get-the-audit-log-for-an-organization',
    (call, organization) => {
      if (!hasAuditLog(call.world, organization)) throw notFound()
      return list(call, organization.auditLog)
    },
  ),
]
