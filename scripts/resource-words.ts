import { rhythmOf } from '../src/engine/rhythm.ts'
import type { ResourceType } from '../src/model/resource-type.ts'

const units = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
] as const

function inWords(rhythm: number): string {
  const [unit, name] = units.find(([unit]) => rhythm % unit === 0) ?? [1, 'millisecond']
  const count = rhythm / unit
  return count === 1 ? `every ${name}` : `every ${count} ${name}s`
}

const asked: Readonly<Record<string, string>> = {
  'GitHub > Connection': 'whenever Event Handlers runs, at least every 10 minutes',
  'GitHub > Blocked Users': 'whenever the control runs, at least every 10 minutes',
}

/** When all of a type is read again. */
export function discoveredEvery(type: ResourceType): string {
  const rhythm = rhythmOf(type)
  return rhythm ? inWords(rhythm) : (asked[type.type] ?? 'with a discovery')
}

/** What reading it needs, as GitHub writes permissions. */
export const needsOf = ({ needs }: ResourceType): string[] =>
  Object.entries(needs).map(([key, level]) => `${key}: ${level}`)
