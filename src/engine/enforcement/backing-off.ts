import type { Enforcement, Hold, Intention } from '../../model/enforcement.ts'
import type { Activity, Resource } from '../../model/resource.ts'
import type { Store } from '../../model/store.ts'
import { ourselves } from '../jobs.ts'
import type { Subject } from '../subject.ts'

const day = 24 * 60 * 60_000
/** So often within a day it is set right without more ado. */
const tolerated = 3
/** Then it waits so long, in milliseconds, twice as long each time. */
const firstWait = 15 * 60_000

/** Whoever changes it back again and again wants it otherwise, so a person must speak to them. Null: nobody does. */
export async function backingOff(
  store: Store,
  subject: Subject,
  { controlId, change }: Intention,
  now: number,
): Promise<Hold | null> {
  const all = await store.enforcements.ofControl(subject.connection.id, controlId, now - day)
  // Whoever changes the policy is no other side of a quarrel.
  const past = all.filter((each) => each.change === change && (each.outcome === 'kept' || each.outcome === 'lost'))
  const last = past.at(-1)
  if (!last || past.length < tolerated) return null
  const until = last.at + firstWait * 2 ** (past.length - tolerated)
  if (until <= now) return null
  const what =
    last.outcome === 'kept'
      ? `was set right ${past.length} times within a day and changed back each time, ${await byWhom(store, subject, last)}`
      : `was written ${past.length} times within a day and is not as written when it is read back`
  return { kind: 'backing-off', reason: `This ${what}.`, until }
}

/** The newest change since then of what the control judges by. */
async function byWhom(store: Store, subject: Subject, { at }: Enforcement): Promise<string> {
  const judged = await judgedBy(store, subject)
  const lists = await Promise.all(
    judged.map(async ({ id, type }) => {
      const newest = await store.activities.list(subject.connection.id, { resourceId: id, limit: 50 })
      return newest.filter((each) => each.at >= at && isOfOthers(each) && concerns(subject, type, each))
    }),
  )
  const [newest] = lists.flat().toSorted((a, b) => b.id - a.id)
  return newest?.actor ? `at last by ${newest.actor}` : 'by whom GitHub does not say'
}

async function judgedBy(store: Store, { connection, control, resource }: Subject): Promise<readonly Resource[]> {
  const related = await Promise.all(
    Object.values<string>(control.related).map((type) => store.resources.list(connection.id, { type, limit: 1 })),
  )
  return [resource, ...related.flat()]
}

const isOfOthers = ({ kind, actor }: Activity): boolean => kind === 'changed' && actor !== ourselves

const concerns = ({ control, resource }: Subject, type: string, { changes }: Activity): boolean =>
  type !== resource.type || changes.some(({ field }) => (control.reads as readonly string[]).includes(field))
