import type { Organization } from '../../src/simulator/organization.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import type { FaultyWorld } from './faulty-world.ts'

/** Where the CMDB is not what GitHub is: one line for each repository, empty when they are equal. */
export function cmdbDifference({ database, byApp, byToken }: FaultyWorld): string[] {
  const rows = database
    .prepare(
      `select c.login, r.node_id as nodeId, r.data from resources r join connections c on c.id = r.connection_id
       where r.type = 'GitHub > Repository' and r.gone_at is null`,
    )
    .all() as { login: string; nodeId: string; data: string }[]
  return [byApp, byToken].flatMap((org) => {
    const its = rows.filter(({ login }) => login === org.login)
    const known = new Map(its.map(({ nodeId, data }) => [nodeId, JSON.parse(data)]))
    return differenceOf(org, known)
  })
}

function differenceOf(org: Organization, known: ReadonlyMap<string, Record<string, unknown>>): string[] {
  const real = new Map([...org.repositories.values()].map((repository) => [repository.nodeId, truth(repository)]))
  const missing = [...real].flatMap(([nodeId, { nameWithOwner }]) =>
    known.has(nodeId) ? [] : [`${nameWithOwner} (${nodeId}) is not recorded`],
  )
  const tooMany = [...known].flatMap(([nodeId, { nameWithOwner }]) =>
    real.has(nodeId) ? [] : [`${nameWithOwner} (${nodeId}) is recorded for ${org.login}, and is not there`],
  )
  const wrong = [...real].flatMap(([nodeId, truths]) =>
    Object.entries(truths).flatMap(([field, value]) => {
      const recorded = known.get(nodeId)
      if (!recorded || JSON.stringify(recorded[field]) === JSON.stringify(value)) return []
      return [
        `${truths.nameWithOwner}: ${field} is ${JSON.stringify(value)}, recorded ${JSON.stringify(recorded[field])}`,
      ]
    }),
  )
  return [...missing, ...tooMany, ...wrong]
}

const truth = ({ name, organization, visibility, archived, description, topics, ...rest }: Repository) => ({
  name,
  nameWithOwner: `${organization.login}/${name}`,
  visibility,
  isArchived: archived,
  description,
  topics: [...topics].sort(),
  defaultBranch: rest.defaultBranch,
  headSha: rest.branches.get(rest.defaultBranch) ?? null,
})
