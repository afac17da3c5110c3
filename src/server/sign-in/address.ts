import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** Where a request comes from. A proxy on this machine speaks for others: what it saw is the last one that it names. */
export function addressOf({ socket, headers }: IncomingMessage): string {
  const address = socket.remoteAddress ?? 'unknown'
  if (!/^(127\.|::1$|::ffff:127\.)/.test(address)) return address
  const named = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  return named && isIP(named) ? named : address
}
