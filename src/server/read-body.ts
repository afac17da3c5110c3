import type { IncomingMessage } from 'node:http'

/** In bytes; `slowest` in milliseconds. */
interface BodyLimits {
  /** The largest body that is taken. */
  readonly largest: number
  /** How long a body may take to arrive. */
  readonly slowest: number
  /** So much of each body is always taken in… */
  readonly small: number
  /** …and what is beyond shares this much memory with all the others under way. */
  readonly shared: number
}

/** Most bodies come in one piece, which need not be copied. */
const whole = (chunks: readonly Buffer[]): Buffer => (chunks.length === 1 && chunks[0]) || Buffer.concat(chunks)

/** `too large`, `cut off` (by the sender, or because it took too long), or `no room` in memory for now. */
type Body = Buffer | 'too large' | 'cut off' | 'no room'

/** Reads a request's body and has it worked on: the memory it takes is let go when that is done. */
export type WithBody = (request: IncomingMessage, work: (body: Body) => Promise<void>) => Promise<void>

/**
 * Reads bodies whole, before anybody has proved to be GitHub: so the memory that all of them together take is bounded, and
 * large ones that never end cannot keep small ones out.
 */
export function bodyReader({ largest, slowest, small, shared }: BodyLimits): WithBody {
  let taken = 0
  const read = (request: IncomingMessage, take: (bytes: number) => boolean): Promise<Body> =>
    new Promise((resolve) => {
      const chunks: Buffer[] = []
      let size = 0
      const end = (body: () => Body) => {
        clearTimeout(timer)
        request.removeAllListeners('data')
        resolve(body())
        chunks.length = 0
      }
      const timer = setTimeout(() => end(() => 'cut off'), slowest)
      request.on('data', (chunk: Buffer) => {
        const before = Math.max(0, size - small)
        size += chunk.length
        if (size > largest) return end(() => 'too large')
        if (!take(Math.max(0, size - small) - before)) return end(() => 'no room')
        chunks.push(chunk)
      })
      request.once('end', () => end(() => whole(chunks)))
      request.once('error', () => end(() => 'cut off'))
      request.once('close', () => end(() => 'cut off'))
    })
  return async (request, work) => {
    let own = 0
    const take = (bytes: number) => {
      if (taken + bytes > shared) return false
      taken += bytes
      own += bytes
      return true
    }
    try {
      await work(await read(request, take))
    } finally {
      taken -= own
    }
  }
}
