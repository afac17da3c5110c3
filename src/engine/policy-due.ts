import type { Connection } from '../model/connection.ts'
import type { Job, NewJob } from '../model/job.ts'
import type { Store } from '../model/store.ts'
import { nextChange, statementsOf } from '../policies/statements.ts'
import { type PolicyPayload, policyJob } from './jobs.ts'
import type { Means } from './means.ts'
import { askedBy, judgeAnew } from './touched.ts'

/** Waits for when next something that an organization is asked begins or expires. */
export async function policyJobs(store: Store, { id }: Connection, now: number): Promise<NewJob[]> {
  const next = nextChange(await store.policies.governing(id), now)
  return next === null ? [] : [policyJob(id, next)]
}

/** Judges what is asked otherwise since something began or expired, from the moment of the job until now. */
export async function policyDue(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  { connectionId, payload }: Pick<Job, 'connectionId' | 'payload'>,
): Promise<void> {
  const { at } = payload as PolicyPayload
  const now = clock()
  const connection = await store.connections.get(connectionId ?? 0)
  if (!connection) return
  const hasCome = (time: number | null) => time !== null && time >= at && time <= now
  await store.transaction(async (tx) => {
    const statements = statementsOf(await tx.policies.governing(connection.id))
    const [begun, over] = [
      statements.filter(({ rule }) => hasCome(rule.startsAt)),
      statements.filter(({ rule }) => hasCome(rule.expiresAt)),
    ]
    const why = over.length > 0 ? 'policy expired' : 'policy begun'
    await judgeAnew(tx, connection, askedBy([...begun, ...over]), why, now)
  })
}
