import type { GitHubCall } from '../../model/control.ts'
import type { Hold, Intention } from '../../model/enforcement.ts'
import type { Store } from '../../model/store.ts'
import { ourselves } from '../jobs.ts'
import type { Means } from '../means.ts'
import type { Subject } from '../subject.ts'
import { whyHeld } from './why-held.ts'

/** An enforcement that may go on, and is kept as begun. */
export interface Begun {
  readonly intention: Intention
  readonly id: number
  /** It was begun before, and cut off: GitHub may have done it already. */
  readonly isAgain: boolean
}

/**
 * Keeps that an enforcement begins, unless something holds it: in one transaction, so that no cap is passed by two at once.
 * One that was cut off before counts once.
 */
export async function begin(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  subject: Subject,
  intention: Intention,
): Promise<Begun | Hold> {
  const at = clock()
  return store.transaction(async (tx) => {
    const hold = await whyHeld(tx, subject, intention, at)
    if (hold) return hold
    const [before] = await cutOff(tx, intention)
    if (before) return { intention, id: before.id, isAgain: true }
    return { intention, id: await tx.enforcements.begin({ ...intention, at }), isAgain: false }
  })
}

/** Calls that GitHub took: an activity of ours tells of them. What it leads to is read back, until then it is cut off. */
export async function keepMade(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  subject: Subject,
  { intention, id }: Begun,
  calls: readonly GitHubCall[],
): Promise<void> {
  await store.transaction(async (tx) => {
    await tx.enforcements.end(intention.connectionId, id, 'cut')
    await tell(tx, subject, intention, calls.map(({ method, path }) => `${method} ${path}`).join(', '), clock())
  })
}

/** One that was cut off before GitHub's answer was kept, and that took effect all the same. */
export async function keepCutOff(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  subject: Subject,
  controlId: number,
): Promise<void> {
  const place = { connectionId: subject.connection.id, controlId }
  for (const { id, ...intention } of await cutOff(store, place))
    await store.transaction(async (tx) => {
      await tx.enforcements.end(place.connectionId, id, 'kept')
      await tell(tx, subject, intention, 'it was cut off, and GitHub has done it', clock())
    })
}

const cutOff = async (store: Store, { connectionId, controlId }: Pick<Intention, 'connectionId' | 'controlId'>) =>
  (await store.enforcements.ofControl(connectionId, controlId, 0)).filter(({ outcome }) => outcome === 'begun')

const tell = (store: Store, { control, resource }: Subject, { changes }: Intention, what: string, at: number) =>
  store.activities.add({
    connectionId: resource.connectionId,
    resourceId: resource.id,
    kind: 'enforced',
    actor: ourselves,
    summary: `${control.path}: ${what}`.slice(0, 500),
    changes,
    source: 'enforcement',
    deliveryId: null,
    at,
  })
