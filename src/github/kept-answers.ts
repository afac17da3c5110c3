import { deserialize, serialize } from 'node:v8'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Answer } from '../model/github.ts'

/** An answer that GitHub gave before, and the tag under which GitHub says whether it still holds. */
interface KeptAnswer {
  readonly etag: string
  /** A copy of its own for each asker. */
  answer(): Answer<unknown>
}

/** The last answers to one credential's GETs, by their full address. */
export interface KeptAnswers {
  find(url: string): KeptAnswer | null
  /** Keeps a 200 answer in the place of the one before it, or nothing where it has no ETag. Refusals change nothing. */
  keep(url: string, answer: Answer<unknown>): void
}

interface Entry {
  readonly etag: string
  readonly packed: Buffer
  readonly bytes: number
}

/** Addresses are most of what GitHub says: a list of repositories takes a twentieth. */
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Kept answers of all credentials, never shared between them; beyond `mostBytes` what was not asked for longest goes. */
export function keptAnswers(mostBytes: number): { of(credential: string): KeptAnswers } {
  /** From the one not asked for longest to the latest. */
  const entries = new Map<string, Entry>()
  let bytes = 0

  const remove = (key: string) => {
    bytes -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }
  const add = (key: string, entry: Entry) => {
    entries.set(key, entry)
    bytes += entry.bytes
    for (const oldest of entries.keys()) {
      if (bytes <= mostBytes) return
      remove(oldest)
    }
  }

  return {
    of: (credential) => ({
      find(url) {
        const key = `${credential} ${url}`
        const entry = entries.get(key)
        if (!entry) return null
        remove(key)
        add(key, entry)
        return { etag: entry.etag, answer: () => deserialize(zstdDecompressSync(entry.packed)) }
      },
      keep(url, { status, headers, data }) {
        if (status !== 200) return
        const key = `${credential} ${url}`
        remove(key)
        if (headers.etag === undefined) return
        const packed = zstdCompressSync(serialize({ status, headers, data }), fast)
        add(key, { etag: headers.etag, packed, bytes: packed.byteLength + Buffer.byteLength(key) })
      },
    }),
  }
}
