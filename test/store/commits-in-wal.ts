import { readFileSync } from 'node:fs'

/** How many commits stand in a write-ahead log that was never reset. Source: https://sqlite.org/fileformat2.html#walformat */
export function commitsInWal(file: string): number {
  const wal = readFileSync(`${file}-wal`)
  const frameBytes = 24 + wal.readUInt32BE(8)
  let commits = 0
  for (let frame = 32; frame + frameBytes <= wal.length; frame += frameBytes)
    if (wal.readUInt32BE(frame + 4) > 0) commits += 1
  return commits
}
