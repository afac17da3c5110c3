import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { resource } from '../api/queries.ts'
import type { Role, Session } from '../api/types.ts'

/** Each role may do what the ones before it may. */
export const roles = ['ReadOnly', 'Operator', 'Admin', 'Owner'] as const satisfies readonly Role[]

const SessionContext = createContext<Session | null>(null)
export const SessionProvider = SessionContext.Provider

/** Who is signed in; only below a `SessionProvider`. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('Nobody is signed in here.')
  return session
}

const suffices = (held: Role, wanted: Role): boolean => roles.indexOf(held) >= roles.indexOf(wanted)

/** Whether somebody holds a role everywhere. */
export const useMayEverywhere = (wanted: Role): boolean =>
  useSession().holdings.some(({ role, at }) => at === null && suffices(role, wanted))

/** Whether somebody holds a role at some place at least. */
export const useMaySomewhere = (wanted: Role): boolean =>
  useSession().holdings.some(({ role }) => suffices(role, wanted))

/** Whether somebody holds a role at a resource or above it. What the page then hides, the API refuses anyway. */
export function useMay(wanted: Role, resourceId: number | undefined): boolean {
  const { holdings } = useSession()
  const fitting = holdings.filter(({ role }) => suffices(role, wanted))
  const isEverywhere = fitting.some(({ at }) => at === null)
  const isHere = fitting.some(({ at }) => at?.id === resourceId)
  const mustLookUp = !isEverywhere && !isHere && fitting.length > 0 && resourceId !== undefined
  const { data } = useQuery({ ...resource(resourceId ?? 0), enabled: mustLookUp })
  return isEverywhere || isHere || (data?.path ?? []).some(({ id }) => fitting.some(({ at }) => at?.id === id))
}
