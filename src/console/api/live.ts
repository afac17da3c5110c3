import { useSyncExternalStore } from 'react'
import { queryClient } from './query-client.ts'
import type { ChangeMessage } from './types.ts'

/** Whether changes are heard as they happen. */
export type Liveness = 'connecting' | 'live' | 'reconnecting'

/** What else shows a thing of that kind, besides the queries of the kind itself. */
const alsoConcerns: Readonly<Record<ChangeMessage['kind'], readonly string[]>> = {
  control: ['resource', 'connection', 'enforcement'],
  resource: [],
  activity: [],
  delivery: [],
  'policy-setting': [],
  connection: [],
}

/** Changes come in bursts: they are gathered for so long before anything is asked again, in milliseconds. */
const gathering = 250
const longestWait = 30_000

let liveness: Liveness = 'connecting'
const watchers = new Set<() => void>()
const concerned = new Set<string>()
let asking = false

function say(next: Liveness): void {
  liveness = next
  for (const watcher of watchers) watcher()
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Asks anew for what is on the page. What changes meanwhile is asked for afterwards, not twice at once. */
async function askAnew(): Promise<void> {
  if (asking) return
  asking = true
  await pause(gathering)
  const began = performance.now()
  const kinds = [...concerned]
  concerned.clear()
  await Promise.allSettled(kinds.map((kind) => queryClient.invalidateQueries({ queryKey: [kind] })))
  // Where the answers take long, because much is shown or the server is busy, it is asked less often.
  await pause(performance.now() - began)
  asking = false
  if (concerned.size > 0) await askAnew()
}

function heard({ kind }: ChangeMessage): void {
  for (const each of [kind, ...alsoConcerns[kind]]) concerned.add(each)
  void askAnew()
}

/** Listens until the function returned is called. After every gap everything is asked anew, as changes were missed. */
export function listen(): () => void {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = 1_000
  const open = () => {
    source = new EventSource('/api/v1/events')
    source.onopen = () => {
      if (liveness === 'reconnecting') void queryClient.invalidateQueries()
      wait = 1_000
      say('live')
    }
    source.addEventListener('change', (message) => heard(JSON.parse(message.data)))
    source.onerror = () => {
      say('reconnecting')
      // The browser tries again by itself, unless the answer was a refusal.
      if (source.readyState !== EventSource.CLOSED) return
      timer = setTimeout(open, wait)
      wait = Math.min(wait * 2, longestWait)
    }
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
    say('connecting')
  }
}

const watch = (watcher: () => void): (() => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export const useLiveness = (): Liveness => useSyncExternalStore(watch, () => liveness)
