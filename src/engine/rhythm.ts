import type { Connection } from '../model/connection.ts'
import type { ResourceType } from '../model/resource-type.ts'
import { audited } from '../resources/audited.ts'
import { resourceTypes } from '../resources/index.ts'
import type { Means } from './means.ts'

/** The part of what GitHub allows in an hour that rhythms may take, 0 to 1. */
export const rhythmShare = 0.1
/** How many times longer rhythms are where GitHub's audit log tells of changes. */
export const auditedStretch = 6
/** An audit log that was not read for so long tells of nothing; in milliseconds. */
export const silent = 600_000
/** Requests an hour, where GitHub did not say yet. */
const usualLimit = 5_000
const hour = 3_600_000

/** In milliseconds; of a type that another one's discovery brings along, that one's. */
export const rhythmOf = ({ rhythm, discoveredWith }: ResourceType): number | undefined =>
  rhythm ?? resourceTypes.find(({ type }) => type === discoveredWith)?.rhythm

/**
 * How long until a type is read again though nothing is heard, in milliseconds; null: never. Where all rhythms of the
 * connection together would take more than their share, by what each cost last, all are stretched by the same factor.
 */
export async function pollAfter(
  { store, clients, clock }: Pick<Means, 'store' | 'clients' | 'clock'>,
  { id }: Connection,
  { type, rhythm }: ResourceType,
): Promise<number | null> {
  if (!rhythm) return null
  const log = audited.some((each) => each.type === type) ? await store.auditLog.reading(id) : null
  const isTold = log !== null && log.refusal === null && clock() - log.readAt < silent
  const passes = await store.discoveries.list(id)
  const perHour = resourceTypes.reduce((sum, each) => {
    const last = passes.find((pass) => pass.type === each.type)
    const rhythm = rhythmOf(each)
    return sum + (rhythm && last ? (last.requests * hour) / rhythm : 0)
  }, 0)
  const counted = clients
    .budgets()
    .filter(({ connectionId, resource }) => connectionId === id && resource !== 'audit_log')
  const limits = counted.flatMap(({ limit }) => limit ?? [])
  const allowed = Math.min(...(limits.length > 0 ? limits : [usualLimit])) * rhythmShare
  return Math.round(rhythm * Math.max(isTold ? auditedStretch : 1, perHour / allowed))
}
