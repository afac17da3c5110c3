/**
 * GitHub's global node id: a type prefix and a MessagePack array of database ids. It never changes over renames and
 * transfers.
 */
export function nodeId(prefix: string, ...ids: readonly number[]): string {
  const bytes = Buffer.alloc(2 + ids.length * 5)
  bytes.writeUInt8(0x91 + ids.length, 0)
  bytes.writeUInt8(0, 1)
  for (const [index, id] of ids.entries()) {
    bytes.writeUInt8(0xce, 2 + index * 5)
    bytes.writeUInt32BE(id, 3 + index * 5)
  }
  return `${prefix}_${bytes.toString('base64url')}`
}
