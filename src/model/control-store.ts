import type { ControlRecord, Judgement, NewRun, Run, Standing } from './control.ts'
import type { ControlState } from './control-state.ts'
import type { Mute } from './mute.ts'

export interface ControlFilter {
  readonly path?: string
  readonly state?: ControlState
  readonly resourceId?: number
  /** Without those that are muted at this moment, in milliseconds. */
  readonly unmutedAt?: number
  readonly afterId?: number
  readonly limit?: number
}

export interface ControlStore {
  get(connectionId: number, id: number): Promise<ControlRecord | null>
  byResource(connectionId: number, resourceId: number, path: string): Promise<ControlRecord | null>
  list(connectionId: number, filter?: ControlFilter): Promise<ControlRecord[]>
  /** Makes the control, state `tbd`, if it is not there. */
  ensure(connectionId: number, resourceId: number, path: string, now: number): Promise<ControlRecord>
  /** Keeps the run and moves the control to its verdict; `since` moves only with the state. Returns it as it stands. */
  record(run: NewRun): Promise<ControlRecord>
  /** How the controls of these paths stand on these resources. One that is not there is left out. */
  standing(connectionId: number, resourceIds: readonly number[], paths: readonly string[]): Promise<Standing[]>
  /** As `record`, for many at once: makes those that are not there. Returns those whose state is another one now. */
  recordAll(connectionId: number, judgements: readonly Judgement[], cause: string, now: number): Promise<Standing[]>
  lastRun(connectionId: number, controlId: number): Promise<Run | null>
  runs(connectionId: number, controlId: number, limit: number): Promise<Run[]>
  /** How many controls of each path stand in each state, by connection; those muted at `now` are not counted. */
  census(now: number): Promise<{ connectionId: number; path: string; state: ControlState; count: number }[]>
  /** Null: it is not muted. One whose date has come is still told. */
  mute(connectionId: number, controlId: number): Promise<Mute | null>
  /** Mutes, or changes how it is muted. */
  setMute(mute: Mute): Promise<void>
  /** Of these controls those that are muted, those whose date has come included. */
  mutesOf(connectionId: number, controlIds: readonly number[]): Promise<Mute[]>
  /** False: it was not muted. */
  liftMute(connectionId: number, controlId: number): Promise<boolean>
  /** The controls of a resource that is gone, and their mutes. Their runs are kept. */
  removeOf(connectionId: number, resourceId: number): Promise<void>
}
