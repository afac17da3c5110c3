import type { ControlRecord } from '../model/control.ts'
import { stateLabel } from '../model/control-state.ts'
import type { Job } from '../model/job.ts'
import type { Mute } from '../model/mute.ts'
import { isOver } from '../model/mute.ts'
import type { NewActivity } from '../model/resource.ts'
import type { Store } from '../model/store.ts'
import type { Verdict } from '../model/verdict.ts'
import { controlJob, type UnmutePayload, unmuteJob } from './jobs.ts'
import type { Means } from './means.ts'

type By = Pick<NewActivity, 'actor' | 'source'>

/** Hides a control: it still runs, and never enforces. */
export async function muteControl(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  control: ControlRecord,
  mute: Pick<Mute, 'until' | 'date' | 'note'>,
  by: By & { actor: string },
): Promise<void> {
  const { id, connectionId } = control
  const at = clock()
  await store.transaction(async (tx) => {
    await tx.controls.setMute({ ...mute, connectionId, controlId: id, by: by.actor, at })
    const note = mute.note ? `: ${mute.note}` : ''
    await tell(tx, control, `muted ${untilWhen(mute)}${note}`, by, at)
    if (mute.date !== null) await tx.jobs.enqueue([unmuteJob(connectionId, id, mute.date)])
  })
}

/** Shows a control again, and has it judged: what its policy enforces was left undone. False: it was not muted. */
export async function unmuteControl(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  control: ControlRecord,
  by: By,
  why = 'unmuted',
): Promise<boolean> {
  const at = clock()
  return store.transaction(async (tx) => {
    const wasMuted = await tx.controls.liftMute(control.connectionId, control.id)
    if (wasMuted) {
      await tell(tx, control, why, by, at)
      const { connectionId, path, resourceId } = control
      await tx.jobs.enqueue([controlJob(connectionId, { path, resourceId, why: 'unmuted', fresh: true }, at)])
    }
    return wasMuted
  })
}

const ourselves: By = { actor: 'guardpost', source: 'read' }

/** Lifts a mute whose date has come. */
export async function unmute(means: Means, { connectionId, payload }: Job): Promise<void> {
  const { controlId } = payload as UnmutePayload
  const control = await means.store.controls.get(connectionId ?? 0, controlId)
  const mute = control && (await means.store.controls.mute(control.connectionId, controlId))
  if (!control || !mute) return
  if (isOver(mute, means.clock())) await unmuteControl(means, control, ourselves, 'unmuted: its date has come')
  else if (mute.date !== null) await means.store.jobs.enqueue([unmuteJob(control.connectionId, controlId, mute.date)])
}

/** Whether a control is muted now. */
export async function isMuted(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  connectionId: number,
  resourceId: number,
  path: string,
): Promise<boolean> {
  const control = await store.controls.byResource(connectionId, resourceId, path)
  const mute = control && (await store.controls.mute(connectionId, control.id))
  return mute !== null && !isOver(mute, clock())
}

/** Lifts a mute that ends with the state that was found. */
export async function liftBy(
  means: Pick<Means, 'store' | 'clock'>,
  control: ControlRecord,
  { state }: Pick<Verdict, 'state'>,
): Promise<void> {
  const mute = await means.store.controls.mute(control.connectionId, control.id)
  if (mute?.until === state) await unmuteControl(means, control, ourselves, `unmuted: it is ${stateLabel[state]}`)
}

const untilWhen = ({ until, date }: Pick<Mute, 'until' | 'date'>): string =>
  until === 'forever'
    ? 'for good'
    : until === 'date'
      ? `until ${new Date(date ?? 0).toISOString()}`
      : `until it is ${stateLabel[until]}`

const tell = (store: Store, { connectionId, resourceId, path }: ControlRecord, what: string, by: By, at: number) =>
  store.activities.add({
    ...by,
    connectionId,
    resourceId,
    kind: 'mute',
    summary: `${path} ${what}`.slice(0, 500),
    changes: [],
    deliveryId: null,
    at,
  })
