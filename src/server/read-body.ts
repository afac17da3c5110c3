import type { IncomingMessage } from 'node:http'

/** In bytes; `slowest` in milliseconds. */
export interface BodyLimits {
  /** The largest body that is taken. */
  readonly largest: number
  /** How long a body may take to arrive. */
  readonly slowest: number
  /** So much of each body is always taken in… */
  readonly small: number
  /** …and what is beyond shares this much memory with all the others under way. */
  readonly shared: number
}

/** `too large`, `cut off` (by the sender, or because it took too long), or `no room` in memory for now. */
export type Body = Buffer | 'too large' | 'cut off' | 'no room'

/**
 * Reads bodies whole, before anybody has proved to be GitHub: so the memory that all of them together take is bounded, and
 * large ones that never end cannot keep small ones out.
 */
export function bodyReader({
  largest,
  slowest,
  small,
  shared,
}: BodyLimits): (request: IncomingMessage) => Promise<Body> {
  let taken = 0
  return (request) =>
    new Promise((resolve) => {
      const chunks: Buffer[] = []
      let size = 0
      let own = 0
      const end = (body: () => Body) => {
        clearTimeout(timer)
        request.removeAllListeners('data')
        resolve(body())
        taken -= own
        own = 0
        chunks.length = 0
      }
      const timer = setTimeout(() => end(() => 'cut off'), slowest)
      request.on('data', (chunk: Buffer) => {
        size += chunk.length
        const more = Math.max(0, size - small) - own
        if (size > largest) return end(() => 'too large')
        if (taken + more > shared) return end(() => 'no room')
        taken += more
        own += more
        chunks.push(chunk)
      })
      request.once('end', () => end(() => Buffer.concat(chunks)))
      request.once('error', () => end(() => 'cut off'))
      request.once('close', () => end(() => 'cut off'))
    })
}
