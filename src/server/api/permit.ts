import type { Means } from '../../engine/means.ts'
import { type Role, roleAt, suffices } from '../../model/access.ts'
import { Problem } from './problem.ts'
import type { Visitor } from './visitor.ts'

/** Throws a `Problem` unless the visitor holds at least this role at a resource (null: everywhere). */
export async function permit(
  { store }: Pick<Means, 'store'>,
  { holdings }: Visitor,
  wanted: Role,
  place: { connectionId: number; id: number; title: string } | null,
): Promise<void> {
  const ancestry = place ? await store.resources.ancestry(place.connectionId, place.id) : []
  const held = roleAt(holdings, ancestry)
  if (suffices(held, wanted)) return
  const where = place ? `at ${place.title}` : 'everywhere'
  throw new Problem(
    403,
    `This takes the role ${wanted} ${where}; yours there is ${held ?? 'none'}. An Owner can grant it.`,
  )
}
