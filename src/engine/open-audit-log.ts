import { z } from 'zod'
import type { AuditEntry } from '../model/audit-log.ts'
import type { GitHubReader } from '../model/github.ts'

/** A page of the audit log, oldest first, and where the next one begins (null after the last). */
export interface AuditPage {
  readonly entries: readonly AuditEntry[]
  readonly next: string | null
}

const login = z.string().min(1).nullish().catch(null)

/** Loose: actions have fields of their own. What has no id, action or time is no entry. */
const said = z.object({
  _document_id: z.string(),
  action: z.string(),
  created_at: z.number(),
  actor: login,
  user: login,
  repo: login,
  repo_id: z.number().nullish().catch(null),
})

/** Entries that were recorded at `since` (milliseconds) or later, from the start (null) or from where a page said. */
export async function auditPage(
  github: GitHubReader,
  org: string,
  since: number,
  after: string | null,
): Promise<AuditPage> {
  const { data, headers } = await github.get('GET /orgs/{org}/audit-log', {
    org,
    phrase: `created:>=${new Date(since).toISOString().replace(/\.\d+/, '')}`,
    include: 'web',
    order: 'asc',
    per_page: 100,
    ...(after !== null && { after }),
  })
  const [, url] = /<([^>]*)>;\s*rel="next"/.exec(headers.link ?? '') ?? []
  return {
    entries: (data as unknown[]).flatMap((each) => {
      const found = said.safeParse(each)
      return found.success ? [toEntry(found.data)] : []
    }),
    next: URL.parse(url ?? '')?.searchParams.get('after') ?? null,
  }
}

const toEntry = (entry: z.infer<typeof said>): AuditEntry => ({
  id: entry._document_id,
  action: entry.action,
  actor: entry.actor ?? null,
  at: entry.created_at,
  repository: entry.repo ?? null,
  repositoryId: entry.repo_id ?? null,
  user: entry.user ?? null,
})
