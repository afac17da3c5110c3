import { promisify } from 'node:util'
import { constants, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib'
import { type Kysely, sql } from 'kysely'
import type { Database, Row } from './tables.ts'

/** The body of a delivery. */
export interface Piece {
  readonly id: number
  readonly body: Uint8Array
}

/** Output grows by pieces of so many bytes: large enough to be few, small enough that those half empty are no waste. */
const chunkSize = 32 * 1024
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize }
const decompressElsewhere = promisify(zstdDecompress)

/** In bytes. Up to here a frame is unpacked sooner than handed to another thread; how large it becomes is not told. */
const small = 64 * 1024

/**
 * Bodies one after another in one zstd frame: events of an organization are much alike, so that together they take a quarter of
 * the room and a fifth of the time. A bundle has the id of its first delivery, and no delivery of another one lies between
 * its first and its last.
 */
export function bundle(pieces: readonly Piece[]): Pick<Row<'bundles'>, 'pieces' | 'body'> {
  const starts: [id: number, start: number][] = []
  let size = 0
  for (const { id, body } of pieces) {
    starts.push([id, size])
    size += body.byteLength
  }
  const together = joined(pieces.map(({ body }) => body))
  return { pieces: JSON.stringify(starts), body: zstdCompressSync(together, { ...fast, pledgedSrcSize: size }) }
}

/** Those that lie one after another already are not copied. */
function joined(bodies: readonly Uint8Array[]): Uint8Array {
  const [first] = bodies
  let end = first?.byteOffset ?? 0
  const follows = (body: Uint8Array) => {
    const isNext = body.buffer === first?.buffer && body.byteOffset === end
    end += body.byteLength
    return isNext
  }
  return first && bodies.every(follows)
    ? new Uint8Array(first.buffer, first.byteOffset, end - first.byteOffset)
    : Buffer.concat(bodies)
}

async function pieces({ pieces, body }: Pick<Row<'bundles'>, 'pieces' | 'body'>): Promise<Piece[]> {
  const starts: [id: number, start: number][] = JSON.parse(pieces)
  // All but the last one's length is known: in one piece nothing is put together.
  const room = { chunkSize: (starts.at(-1)?.[1] ?? 0) + chunkSize }
  const all = body.byteLength > small ? await decompressElsewhere(body, room) : zstdDecompressSync(body, room)
  return starts.map(([id, start], index) => ({ id, body: all.subarray(start, starts[index + 1]?.[1]) }))
}

/** None, where they cannot be unpacked. */
export const soundPieces: typeof pieces = (row) => pieces(row).catch((): Piece[] => [])

/** The bodies of deliveries, as far as they are kept still. */
export async function bodiesOf(
  db: Kysely<Database>,
  ids: readonly number[],
  unpack = pieces,
): Promise<Map<number, Uint8Array>> {
  const wanted = new Set(ids)
  const bodies = new Map<number, Uint8Array>()
  for (const row of await bundlesWith(db, ids))
    for (const { id, body } of await unpack(row)) if (wanted.has(id)) bodies.set(id, body)
  return bodies
}

async function bundlesWith(db: Kysely<Database>, ids: readonly number[]): Promise<readonly Row<'bundles'>[]> {
  const { rows } = await sql<Row<'bundles'>>`
    select * from bundles where id in (select (select max(id) from bundles where id <= wanted.value)
      from json_each(${JSON.stringify(ids)}) as wanted)`.execute(db)
  return rows
}

export async function dropDeliveries(db: Kysely<Database>, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  await dropBodies(db, ids)
  const { numDeletedRows } = await db.deleteFrom('deliveries').where('id', 'in', ids).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** Of what goes nothing stays in the bundles of others. */
export async function dropBodies(db: Kysely<Database>, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const gone = new Set(ids)
  for (const row of await bundlesWith(db, ids)) {
    // What cannot be unpacked is of no use to the others either.
    const all = await soundPieces(row)
    const rest = all.filter(({ id }) => !gone.has(id))
    if (rest.length === 0) await db.deleteFrom('bundles').where('id', '=', row.id).execute()
    else if (rest.length < all.length)
      await db.updateTable('bundles').set(bundle(rest)).where('id', '=', row.id).execute()
  }
}
