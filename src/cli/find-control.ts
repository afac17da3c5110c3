import type { Guardpost } from '../compose.ts'
import type { Connection } from '../model/connection.ts'
import type { ControlRecord } from '../model/control.ts'
import { connectionsOf, UsedWrongly } from './opened.ts'

/** The control of an id, and its connection. Throws `UsedWrongly` where there is none. */
export async function findControl(
  guardpost: Guardpost,
  id: number,
): Promise<{ control: ControlRecord; connection: Connection }> {
  for (const connection of await connectionsOf(guardpost, undefined)) {
    const control = await guardpost.means.store.controls.get(connection.id, id)
    if (control) return { control, connection }
  }
  throw new UsedWrongly(`There is no control ${id}. \`guardpost controls\` lists them.`)
}
