import type { z } from '@hono/zod-openapi'
import type { Means } from '../../engine/means.ts'
import type { Scope } from '../../model/access.ts'
import type { News, Watermarks } from '../../model/news.ts'
import type { changeMessage } from './shapes/health.ts'
import { type Discovery, discoveries } from './tell-discovery.ts'

type ChangeMessage = z.infer<typeof changeMessage>

/** Tells those who listen what is new for them, whoever brought it about: this process or another one. */
export interface ChangeFeed {
  /** Null: too many listen already. */
  listen(listener: Listener): (() => void) | null
}

interface Listener {
  readonly scope: () => Scope
  readonly tell: (message: ChangeMessage) => void
}

/** In milliseconds. */
const rhythm = 1_000
const mostListeners = 500
const mostIds = 100

/** Its rate alone, which moves all the time, is no news. */
const howFar = (discovery: Discovery | undefined): string =>
  discovery ? JSON.stringify([discovery.progress.type, discovery.progress.count, discovery.waitsUntil]) : ''

/** Asks the store once a second for all who listen, and not at all while nobody does. */
export function changeFeed({ store, log, clock }: Pick<Means, 'store' | 'log' | 'clock'>): ChangeFeed {
  const listeners = new Set<Listener>()
  let timer: NodeJS.Timeout | null = null
  let known: { marks: Watermarks; pending: number[]; connections: Map<number, string> } | null = null

  const look = async () => {
    const before = known ?? (await start())
    known = before
    const news = await store.search.newsSince(before.marks, before.pending)
    const connections = await connectionsNow()
    const moved = [...new Set([...before.connections.keys(), ...connections.keys()])].filter(
      (id) => before.connections.get(id) !== connections.get(id),
    )
    const pending = news.deliveries.filter(({ isPending }) => isPending).map(({ id }) => id)
    known = { marks: news.marks, pending: pending.slice(0, mostIds), connections }
    for (const listener of listeners) await tell(listener, news, moved)
  }
  const start = async () => ({
    marks: await store.search.watermarks(),
    pending: [],
    connections: await connectionsNow(),
  })
  const connectionsNow = async () => {
    const all = await store.connections.list()
    const discovered = await discoveries(
      { store, clock },
      all.map(({ id }) => id),
    )
    return new Map(
      all.map(({ id, login, status }) => [id, `${status} ${login} ${howFar(discovered.get(id))}`] as const),
    )
  }

  async function tell({ scope, tell }: Listener, news: News, moved: readonly number[]): Promise<void> {
    const { activities, controls, settings, deliveries } = news
    if (activities.length + controls.length + deliveries.length + moved.length === 0) return
    const all = [...activities, ...controls, ...settings].map(({ resourceId }) => resourceId)
    const seen = await store.search.seenBy(scope(), [...new Set(all)])
    const mayResource = (id: number) => seen.resources === 'all' || seen.resources.has(id)
    const mayConnection = (id: number | null) => seen.connections === 'all' || (id !== null && seen.connections.has(id))
    const visible = <Row extends { resourceId: number }>(rows: readonly Row[]) =>
      rows.filter(({ resourceId }) => mayResource(resourceId))
    const own = visible(activities)
    const say = (kind: ChangeMessage['kind'], ids: readonly number[], more = false) => {
      const unique = [...new Set(ids)]
      if (unique.length > 0 || more)
        tell({ kind, ids: unique.slice(0, mostIds), many: more || unique.length > mostIds })
    }
    say(
      'activity',
      own.map(({ id }) => id),
    )
    say(
      'resource',
      own.map(({ resourceId }) => resourceId),
    )
    say(
      'control',
      visible(controls).map(({ id }) => id),
    )
    say(
      'policy-setting',
      visible(settings).map(({ id }) => id),
      // One that was taken back has no id any more.
      own.some(({ kind }) => kind === 'policy'),
    )
    say(
      'delivery',
      deliveries.filter(({ connectionId }) => mayConnection(connectionId)).map(({ id }) => id),
    )
    say('connection', moved.filter(mayConnection))
  }

  const next = () => {
    timer = setTimeout(async () => {
      if (listeners.size === 0) {
        timer = null
        known = null
        return
      }
      await look().catch((error: unknown) => log.warn({ err: error }, 'What is new could not be read'))
      next()
    }, rhythm)
    timer.unref()
  }

  return {
    listen(listener) {
      if (listeners.size >= mostListeners) return null
      listeners.add(listener)
      if (timer === null) {
        // What happens from now on is news, though the first look is a second away.
        void start().then(
          (begin) => {
            known ??= begin
          },
          () => {},
        )
        next()
      }
      return () => void listeners.delete(listener)
    },
  }
}
