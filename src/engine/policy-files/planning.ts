import { z } from 'zod'
import type { Connection } from '../../model/connection.ts'
import { type GitHubReader, live } from '../../model/github.ts'
import type { ReportingPlace } from '../../model/reporter.ts'
import type { Means } from '../means.ts'
import { policyPlace } from '../policy-place.ts'

/** Where pull requests of one organization are planned, and a client that cannot write. */
interface Planning {
  readonly connection: Connection
  readonly place: ReportingPlace
  readonly github: GitHubReader
}

/** Null: there is no repository for policy files, or no way to it now. */
export async function planningIn(
  { store, clients, clock }: Means,
  connectionId: number | null,
): Promise<Planning | null> {
  const connection = await store.connections.get(connectionId ?? 0)
  const place = connection?.status === 'active' ? await policyPlace(store, connection, clock()) : null
  const github = connection && place && (await clients.readerFor(connection, live('plan')))
  return connection && place && github ? { connection, place, github } : null
}

const repo = z.object({ id: z.number() })

export const pullRequest = z.object({
  number: z.int(),
  state: z.string(),
  head: z.object({ sha: z.string(), repo: repo.nullable() }),
  base: z.object({ ref: z.string(), repo }),
})

/** What comes from a fork is anybody's, and is told nothing; and nothing follows from what is merged elsewhere. */
export const isPlanned = (
  { head, base }: z.infer<typeof pullRequest>,
  { defaultBranch }: Pick<ReportingPlace, 'defaultBranch'>,
): boolean => head.repo?.id === base.repo.id && base.ref === defaultBranch
