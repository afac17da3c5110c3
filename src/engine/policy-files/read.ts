import type { Connection } from '../../model/connection.ts'
import type { NewJob } from '../../model/job.ts'
import type { FieldChange } from '../../model/resource.ts'
import type { Store } from '../../model/store.ts'
import { statementsOf } from '../../policies/statements.ts'
import type { PolicyFilesData } from '../../resources/policy-files.ts'
import { repository } from '../../resources/repository.ts'
import { plansJob, policyFilesJob } from '../jobs.ts'
import { judgedBelow } from '../touched.ts'

/** What follows once policy files were read: they are brought into force, and what rests on them is looked at again. */
export async function policyFilesRead(
  store: Store,
  connection: Connection,
  changes: readonly FieldChange[],
  at: number,
): Promise<NewJob[]> {
  const moved = (field: keyof PolicyFilesData) => changes.find((change) => change.field === field)
  const files = moved('files')
  const repositories = moved('repository')
  return [
    policyFilesJob(connection.id, at),
    ...(files && files.before !== undefined ? [plansJob(connection.id, { headSha: null }, at)] : []),
    ...(repositories ? await judgedAgain(store, connection, [repositories.before, repositories.after], at) : []),
  ]
}

/** What files say of all begins to count in the repository that they were in, and no longer does in the one that they are in. */
async function judgedAgain(
  store: Store,
  connection: Connection,
  names: readonly unknown[],
  at: number,
): Promise<NewJob[]> {
  const said = statementsOf(await store.policies.governing(connection.id)).filter(({ isOfFile }) => isOfFile)
  const paths = [...new Set(said.map(({ rule }) => rule.path))]
  if (paths.length === 0) return []
  const titles = names.filter((name) => typeof name === 'string')
  const found = await Promise.all(titles.map((title) => store.resources.byTitle(connection.id, repository.type, title)))
  const jobs = found.map((each) => (each ? judgedBelow(store, connection, each, paths, 'policy files moved', at) : []))
  return (await Promise.all(jobs)).flat()
}
