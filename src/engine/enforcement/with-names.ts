import type { HeldEnforcement } from '../../model/enforcement.ts'
import type { Resource } from '../../model/resource.ts'
import type { Store } from '../../model/store.ts'

/** An enforcement that waits, with what it is about. */
export type NamedHeld = HeldEnforcement & { readonly path: string; readonly resource: Resource }

/** What is gone meanwhile waits no longer, and is left out. */
export async function withNames(store: Store, held: readonly HeldEnforcement[]): Promise<NamedHeld[]> {
  const named = await Promise.all(
    held.map(async (each) => {
      const control = await store.controls.get(each.connectionId, each.controlId)
      const resource = control && (await store.resources.get(each.connectionId, control.resourceId))
      return resource ? [{ ...each, path: control.path, resource }] : []
    }),
  )
  return named.flat()
}
