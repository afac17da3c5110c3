import SmeeClient from 'smee-client'
import type { Log } from '../../engine/means.ts'
import { direct } from './direct.ts'
import { forwarder } from './forward.ts'

export interface Tunnel {
  close(): Promise<void>
}

interface TunnelOptions {
  /** A channel of a webhook proxy that speaks as smee.io does. */
  readonly channel: string
  /** Our own server, as it is reached from this machine, e.g. `http://127.0.0.1:3000`. */
  readonly home: string
  readonly log: Log
  /** In milliseconds; for tests. */
  readonly waits?: { readonly silence: number; readonly again: number }
}

/** smee gives a sign of life every 30 s: after three that were missed the connection is dead, even if nobody said so. */
const usually = { silence: 100_000, again: 5_000 }

/**
 * Fetches what comes by a channel, for as long as it is open: whatever ends the connection, another one is made. What comes
 * meanwhile the proxy forgets; GitHub's log has it.
 */
export function openTunnel({ channel, home, log, waits = usually }: TunnelOptions): Tunnel {
  const { origin } = new URL(channel)
  const forward = forwarder(home, log)
  let isClosed = false
  let isDown = false
  let timer: NodeJS.Timeout | undefined
  let client: SmeeClient | null = null

  const down = (reason: string) => {
    if (isClosed || timer === undefined) return
    if (!isDown) log.warn({ proxy: origin, reason }, 'No webhooks come by the proxy; it is tried again and again')
    isDown = true
    // Not while its error is being told: it would go on to plan an attempt of its own.
    queueMicrotask(() => void client?.stop())
    next(connect, waits.again)
  }
  const next = (step: () => unknown, after: number) => {
    clearTimeout(timer)
    timer = isClosed ? undefined : setTimeout(step, after)
  }
  const alive = () => next(() => down('it has been silent for too long'), waits.silence)

  const connect = async () => {
    alive()
    const own = new SmeeClient({
      source: channel,
      target: home,
      logger: { info: (line: string) => log.debug({ proxy: origin }, line), error: () => {} },
      fetch: (url: string | URL, options: RequestInit) =>
        url instanceof URL && url.origin === home ? forward(url, options) : direct(url, options),
    })
    client = own
    // Before it is open, an error ends the attempt; after, the connection.
    own.onerror = ({ code, message }) => client === own && down(inWords(code, message))
    const events = await own.start().catch(() => null)
    if (events === null || client !== own || isClosed) return
    for (const sign of ['ready', 'ping', 'message']) events.addEventListener(sign, alive)
    if (isDown) log.info({ proxy: origin }, 'Webhooks come by the proxy again')
    else log.info({ proxy: origin }, 'Webhooks come by the proxy')
    isDown = false
  }
  void connect()
  return {
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await client?.stop()
    },
  }
}

const inWords = (code: number | undefined, message: string | undefined): string =>
  code === undefined ? (message ?? 'the connection ended') : `it answered ${code}`
