import type { Means } from '../../engine/means.ts'
import type { Scope } from '../../model/access.ts'
import type { ControlRecord } from '../../model/control.ts'
import type { Report } from '../../model/report.ts'
import { moment } from './asked.ts'

/** Where a control's state was said on GitHub; in which repository, is for those to know who may see it. */
export async function reportsOf(
  { store }: Pick<Means, 'store'>,
  scope: Scope,
  { connectionId, id }: ControlRecord,
): Promise<{ kind: string; repository: string | null; url: string | null; at: string }[]> {
  const reports = await store.reports.list(connectionId, id)
  return Promise.all(
    reports.map(async (report) => {
      const known = await store.resources.byNodeId(connectionId, 'GitHub > Repository', report.repositoryNodeId)
      const repository = known && (await store.search.resource(scope, known.id))
      const page = typeof repository?.data.url === 'string' ? repository.data.url : null
      return {
        kind: report.kind,
        repository: repository?.title ?? null,
        url: page && `${page}${placeOf(report)}`,
        at: moment(report.updatedAt),
      }
    }),
  )
}

const placeOf = ({ kind, githubId, headSha }: Report): string =>
  kind === 'issue' ? `/issues/${githubId}` : kind === 'check-run' ? `/runs/${githubId}` : `/commit/${headSha ?? ''}`
