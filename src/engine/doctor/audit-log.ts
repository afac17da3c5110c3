import type { Connection } from '../../model/connection.ts'
import type { Means } from '../means.ts'
import { silent } from '../rhythm.ts'
import type { Symptom } from './symptom.ts'

/** Whether GitHub's audit log tells who changed what no event tells of. Most plans have none, which is no fault. */
export async function examineAuditLog(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  { id }: Connection,
): Promise<Symptom[]> {
  const about = 'Audit log'
  const reading = await store.auditLog.reading(id)
  if (!reading) return [{ about, found: 'not asked for yet', level: 'unknown' }]
  const { readAt, refusal } = reading
  const time = new Date(readAt).toISOString()
  if (!refusal && clock() - readAt >= silent) return [{ about, found: `not read since ${time}`, level: 'unknown' }]
  if (!refusal) return [{ about, found: `read at ${time}`, level: 'ok' }]
  const { reason, remedy, code } = refusal
  return [{ about, found: reason, level: code === 'plan' ? 'ok' : 'unknown', ...(remedy && { remedy }) }]
}
