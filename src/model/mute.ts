/** A mute hides a control: until a date, until it is OK, until it is in Alarm, or for good. */
export type MuteEnd = 'date' | 'ok' | 'alarm' | 'forever'

/** A control that is muted still runs, and never enforces. Times in milliseconds. */
export interface Mute {
  readonly connectionId: number
  readonly controlId: number
  readonly until: MuteEnd
  /** Of `until: date`; else null. */
  readonly date: number | null
  readonly note: string | null
  readonly by: string
  readonly at: number
}

export const isOver = ({ until, date }: Pick<Mute, 'until' | 'date'>, now: number): boolean =>
  until === 'date' && date !== null && date <= now
