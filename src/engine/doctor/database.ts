import type { Means } from '../means.ts'
import { operator, type Symptom } from './symptom.ts'

const megabyte = 1024 * 1024

/** SQLite takes its log back at 4 MB unless a reader holds it up. In bytes. */
const longLog = 256 * megabyte

/** Is what is kept whole, and is there room for more. */
export async function examineDatabase({
  store,
  intakeLimits,
}: Pick<Means, 'store' | 'intakeLimits'>): Promise<Symptom[]> {
  const { damage, bytes, logBytes, shape, engine } = await store.examine()
  const free = await store.freeBytes()
  return [
    { about: 'Database', found: `${engine}, ${inMegabytes(bytes)}, of shape ${shape}`, level: 'ok' },
    judgeDamage(damage),
    judgeLog(logBytes),
    judgeRoom(free, intakeLimits.freeBytes),
  ]
}

function judgeDamage(damage: readonly string[]): Symptom {
  const about = 'Integrity of the database'
  if (damage.length === 0) return { about, found: 'whole', level: 'ok' }
  const action = 'Stop Guardpost, keep the damaged files, and restore the newest backup: docs/backup.md.'
  return { about, found: `damaged: ${damage.join('; ')}`, level: 'wrong', remedy: { who: operator, action } }
}

function judgeLog(bytes: number | null): Symptom {
  const about = 'Write-ahead log'
  const found = inMegabytes(bytes)
  if (bytes === null || bytes < longLog) return { about, found, level: 'ok' }
  const action = 'End what has read in the database for long (another program that has the file open); it shrinks then.'
  return { about, found: `${found}: it is not taken back`, level: 'wrong', remedy: { who: operator, action } }
}

function judgeRoom(free: number | null, least: number): Symptom {
  const about = 'Free disk'
  if (free === null) return { about, found: 'not known', level: 'unknown' }
  if (free >= 2 * least) return { about, found: inMegabytes(free), level: 'ok' }
  const action = `Make room: below ${inMegabytes(least)} no delivery is taken. GUARDPOST_KEEP_DELIVERIES keeps bodies for fewer days.`
  return { about, found: `${inMegabytes(free)} only`, level: 'wrong', remedy: { who: operator, action } }
}

const inMegabytes = (bytes: number | null): string =>
  bytes === null ? 'in memory' : `${(bytes / megabyte).toFixed(bytes < 10 * megabyte ? 1 : 0)} MB`
