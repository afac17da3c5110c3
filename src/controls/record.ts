import type { Resource } from '../model/resource.ts'
import type { Verdict } from '../model/verdict.ts'
import { error, ok, tbd } from '../model/verdict.ts'

const learnt: Readonly<Record<Resource['lastSeen']['source'], string>> = {
  event: 'an event',
  read: 'a read',
  discovery: 'discovery',
  enforcement: 'an enforcement',
}

/** What every CMDB control says: recorded, when it was last seen and by what; or why it cannot be read. */
export function judgeRecord(resource: Pick<Resource, 'lastSeen' | 'readAt' | 'refusal'>): Verdict {
  const { lastSeen, readAt, refusal } = resource
  const seen = `${new Date(lastSeen.at).toISOString()} by ${learnt[lastSeen.source]}`
  const evidence = [{ about: 'Last seen', found: seen, state: 'ok', volatile: true } as const]
  if (refusal) return error(refusal.reason, { evidence, diagnoses: [refusal] })
  if (readAt === null) return tbd('Told of by an event; the read that settles it is on its way.', { evidence })
  return ok('Recorded.', { evidence })
}
