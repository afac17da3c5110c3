import { useQuery } from '@tanstack/react-query'
import { connections } from '../api/queries.ts'
import type { Choice } from './filter-box.tsx'

/** By organization: only where there is more than one to choose from. */
export function useConnectionChoice(): readonly Choice[] {
  const logins = (useQuery(connections()).data ?? []).map(({ login }) => login)
  if (logins.length < 2) return []
  return [{ name: 'connection', label: 'Organization', options: logins.map((value) => ({ value, label: value })) }]
}
