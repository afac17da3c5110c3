import type { Hold, Intention } from '../../model/enforcement.ts'
import type { Store } from '../../model/store.ts'
import { opening } from '../../policies/change-window.ts'
import { changeWindows, firstPlan } from '../../policies/enforcement.ts'
import type { Subject } from '../subject.ts'
import { backingOff } from './backing-off.ts'
import { hourCap, policyChangeCap } from './caps.ts'
import { whyStopped } from './switch.ts'

/** Why an enforcement may not go on now; null: it may. */
export async function whyHeld(store: Store, subject: Subject, intention: Intention, now: number): Promise<Hold | null> {
  const { connection, control } = subject
  const always = (await whyStopped(store, connection.id)) ?? closedWindow(subject, now)
  if (always || control.mendsOurOwn) return always
  return (
    (await unconfirmed(store, subject)) ??
    (await backingOff(store, subject, intention, now)) ??
    (await policyChangeCap(store, subject, intention)) ??
    (await hourCap(store, subject, now))
  )
}

async function unconfirmed({ enforcements }: Store, { connection, answer }: Subject): Promise<Hold | null> {
  if (answer(firstPlan).value === 'Apply') return null
  const releases = await enforcements.releases(connection.id)
  if (releases.some(({ kind }) => kind === 'first-plan')) return null
  const reason = `Nothing was enforced on ${connection.login} before: a person confirms the plan first.`
  return { kind: 'first-plan', reason, until: null }
}

function closedWindow({ answer }: Subject, now: number): Hold | null {
  const { value } = answer(changeWindows)
  const windows = typeof value === 'string' ? [value] : value
  const opens = opening(windows, now)
  if (opens === now) return null
  const reason = `It is no time for changes: they are made ${windows.join(', ')}.`
  return { kind: 'window', reason, until: opens }
}
