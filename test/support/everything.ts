import type { Json, Resource } from '../../src/model/resource.ts'
import { sameJson } from '../../src/model/same-json.ts'
import type { Guarded } from './guarded.ts'
import { everythingOf } from './truth.ts'

/** Facts by what they are about: type and node id. */
export type Facts = ReadonlyMap<string, Readonly<Record<string, unknown>>>

/** What is about ourselves, what is read only where a policy asks for it, and what tells also what became of it here. */
const others = new Set(['GitHub > Connection', 'GitHub > Repository Actions Policy', 'GitHub > Policy Files'])

const factsOf = (all: readonly Pick<Resource, 'type' | 'nodeId' | 'data'>[]): Facts =>
  new Map(
    all
      .filter(({ type }) => !others.has(type))
      .map(({ type, nodeId, data }) => [`${type} ${nodeId}`, data as Record<string, Json>]),
  )

async function connectionOf({ guardpost, org }: Guarded): Promise<number> {
  const all = await guardpost.means.store.connections.list()
  return all.find(({ organizationId }) => organizationId === org.id)?.id ?? 0
}

/** Everything live that the CMDB holds of the organization, of every type. */
export async function recordedOf(town: Guarded): Promise<Facts> {
  const { store } = town.guardpost.means
  return factsOf(await store.resources.list(await connectionOf(town), { gone: false, limit: 100_000 }))
}

/** The same as of a past moment, in milliseconds. */
export async function recordedAt(town: Guarded, time: number): Promise<Facts> {
  const { store } = town.guardpost.means
  return factsOf(await store.resources.asOf(await connectionOf(town), time, { gone: false }))
}

/**
 * What is recorded and was never so: things that were not there, and values that they did not have, at any of these moments.
 * What is not known is not wrong.
 */
export function wrongFacts(known: Facts, ...moments: readonly Facts[]): string[] {
  return [...known].flatMap(([about, data]) => {
    const truths = moments.map((real) => real.get(about)).filter((truth) => truth !== undefined)
    if (truths.length === 0) return [`${about} is recorded, and is not there`]
    return Object.keys(data).flatMap((field) => {
      const values = truths.filter((truth) => field in truth).map((truth) => truth[field])
      return values.length === 0 || values.some((value) => sameJson(data[field], value))
        ? []
        : [`${about}: ${field} is ${JSON.stringify(values)}, recorded ${JSON.stringify(data[field])}`]
    })
  })
}

/** Everything that the CMDB says is gone. */
export async function goneOf(town: Guarded): Promise<Facts> {
  const { store } = town.guardpost.means
  return factsOf(await store.resources.list(await connectionOf(town), { gone: true, limit: 100_000 }))
}

/** What is so and is not recorded. */
function missingFacts(known: Facts, real: Facts): string[] {
  return [...real].flatMap(([about, truth]) => {
    const data = known.get(about)
    if (!data) return [`${about} is not recorded`]
    return Object.keys(truth).flatMap((field) => (data[field] === undefined ? [`${about}: ${field} is not known`] : []))
  })
}

/** Where two are not equal. */
export const differences = (known: Facts, real: Facts): string[] => [
  ...wrongFacts(known, real),
  ...missingFacts(known, real),
]

/** Where the CMDB is not what GitHub is now, over all types. */
export const differencesOf = async (town: Guarded): Promise<string[]> =>
  differences(await recordedOf(town), everythingOf(town.org))
