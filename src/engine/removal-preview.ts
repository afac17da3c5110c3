import type { Connection } from '../model/connection.ts'
import type { RecordCounts, Remains } from '../model/removal.ts'
import type { Means } from './means.ts'
import { credentialRemains, type OpenIssue, openIssues } from './removal-remains.ts'

/** What would go, and what would stay for a person to do. */
export interface RemovalPreview {
  readonly connection: Connection
  readonly webhooks: readonly { readonly githubId: number | null; readonly url: string }[]
  readonly issues: readonly OpenIssue[]
  readonly counts: RecordCounts
  readonly remains: readonly Remains[]
}

/** As far as is known here; GitHub is not asked. */
export async function removalPreview(
  means: Pick<Means, 'store' | 'addresses'>,
  connection: Connection,
): Promise<RemovalPreview> {
  const { store, addresses } = means
  const hooks = await store.hooks.list(connection.id)
  return {
    connection,
    webhooks: hooks.map(({ id, githubId }) => ({ githubId, url: addresses.hook(id) })),
    issues: await openIssues(means, connection),
    counts: await store.records.counts(connection.id),
    remains: await credentialRemains(means, connection),
  }
}
