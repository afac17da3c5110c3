import { controlTypes } from '../../controls/index.ts'
import type { Connection } from '../../model/connection.ts'
import type { ControlRecord } from '../../model/control.ts'
import { worstFirst } from '../../model/control-state.ts'
import { markTexts } from '../../model/marks.ts'
import { isOver, type Mute } from '../../model/mute.ts'
import type { Store } from '../../model/store.ts'

/** A control as a report has it. */
export interface ReportedControl
  extends Pick<ControlRecord, 'id' | 'path' | 'state' | 'reason' | 'since' | 'lastRunAt'> {
  readonly organization: string
  /** The same question in other catalogues, e.g. `CIS 1.3.8`. */
  readonly marks: readonly string[]
  readonly resource: {
    readonly type: string
    readonly title: string
    readonly nodeId: string
    readonly url: string | null
  }
  /** Null: it is not muted now. */
  readonly mute: (Pick<Mute, 'until' | 'note' | 'by'> & { readonly expiresAt: number | null }) | null
}

const atOnce = 1_000

/** Every control of some connections, the worst first, then by path and resource. */
export async function gatherControls(
  store: Store,
  connections: readonly Connection[],
  now: number,
): Promise<ReportedControl[]> {
  const found: ReportedControl[] = []
  for (const connection of connections)
    for await (const control of controlsOf(store, connection.id)) {
      const resource = await store.resources.get(connection.id, control.resourceId)
      if (!resource || resource.goneAt !== null) continue
      const { type, title, nodeId, data } = resource
      const { id, path, state, reason, since, lastRunAt } = control
      const url = typeof data.url === 'string' ? data.url : null
      const mute = await muteOf(store, control, now)
      found.push({
        ...{ id, path, state, reason, since, lastRunAt, mute },
        organization: connection.login,
        marks: markTexts(controlTypes.find((known) => known.path === path)?.marks),
        resource: { type, title, nodeId, url },
      })
    }
  return found.toSorted(inOrder)
}

async function* controlsOf(store: Store, connectionId: number): AsyncIterable<ControlRecord> {
  for (let afterId = 0, page: ControlRecord[] = []; ; afterId = page.at(-1)?.id ?? 0) {
    page = await store.controls.list(connectionId, { afterId, limit: atOnce })
    yield* page
    if (page.length < atOnce) return
  }
}

async function muteOf(
  store: Store,
  { connectionId, id }: ControlRecord,
  now: number,
): Promise<ReportedControl['mute']> {
  const mute = await store.controls.mute(connectionId, id)
  if (!mute || isOver(mute, now)) return null
  const { until, date, note, by } = mute
  return { until, expiresAt: date, note, by }
}

const inOrder = (a: ReportedControl, b: ReportedControl): number =>
  worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state) ||
  a.path.localeCompare(b.path) ||
  a.resource.title.localeCompare(b.resource.title)
