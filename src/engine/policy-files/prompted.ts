import { z } from 'zod'
import type { Connection } from '../../model/connection.ts'
import type { NewJob } from '../../model/job.ts'
import type { Store } from '../../model/store.ts'
import { planJob } from '../jobs.ts'
import { policyPlace } from '../policy-place.ts'

/** Whatever moves the head or the base of a pull request, or brings it back. */
const actions = ['opened', 'synchronize', 'reopened', 'edited'] as const

const told = z.looseObject({
  action: z.enum(actions),
  number: z.int(),
  repository: z.looseObject({ node_id: z.string() }),
})

/** A pull request to the repository of the policy files is planned; what it changes, only a read tells. */
export async function planPrompted(
  store: Store,
  connection: Connection,
  body: unknown,
  now: number,
): Promise<NewJob[]> {
  const said = told.safeParse(body)
  if (!said.success) return []
  const place = await policyPlace(store, connection, now)
  return place?.nodeId === said.data.repository.node_id
    ? [planJob(connection.id, { number: said.data.number, again: false }, now)]
    : []
}
