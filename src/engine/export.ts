import type { Connection } from '../model/connection.ts'
import type { Store } from '../model/store.ts'

const atOnce = 200

/** One line of an export: what kind of thing it is, and the thing. */
export interface ExportLine {
  readonly kind: 'connection' | 'resource' | 'setting' | 'pack' | 'attachment' | 'control' | 'activity'
  readonly [key: string]: unknown
}

/** All that is known of an organization but what GitHub sent word for word, and no secret; read as it is asked for. */
export async function* exported(store: Store, connection: Connection): AsyncGenerator<ExportLine> {
  const { id } = connection
  yield { kind: 'connection', connectionKind: connection.kind, ...without(connection, 'kind') }
  for (let after: { title: string; id: number } | undefined, isLast = false; !isLast; ) {
    const page = await store.resources.list(id, { limit: atOnce, ...(after && { after }) })
    for (const resource of page) yield { kind: 'resource', ...resource }
    after = page.at(-1)
    isLast = page.length < atOnce
  }
  for (const setting of await store.policies.list(id)) yield { kind: 'setting', ...setting }
  for (const pack of await store.packs.list(id)) yield { kind: 'pack', ...pack }
  for (const attachment of await store.attachments.list(id)) yield { kind: 'attachment', ...attachment }
  for (let afterId = 0, isLast = false; !isLast; ) {
    const page = await store.controls.list(id, { limit: atOnce, afterId })
    for (const control of page) yield { kind: 'control', ...control }
    afterId = page.at(-1)?.id ?? 0
    isLast = page.length < atOnce
  }
  for (let before: number | undefined, isLast = false; !isLast; ) {
    const page = await store.activities.list(id, { limit: atOnce, ...(before !== undefined && { before }) })
    for (const { kind, ...activity } of page) yield { kind: 'activity', activityKind: kind, ...activity }
    before = page.at(-1)?.id
    isLast = page.length < atOnce
  }
}

function without<T extends object, Key extends keyof T>(object: T, key: Key): Omit<T, Key> {
  const { [key]: _, ...rest } = object
  return rest
}

/** A line as it is written: times, milliseconds inside, as ISO 8601 in UTC. */
export const exportLine = (line: ExportLine): string =>
  JSON.stringify(line, (key, value) => (isTime(key, value) ? new Date(value).toISOString() : value))

const isTime = (key: string, value: unknown): value is number =>
  typeof value === 'number' && (key === 'at' || key === 'since' || key.endsWith('At'))
