import type { ControlState } from './control-state.ts'

/** A resource named as an example. What everybody may see may be named anywhere. */
export interface PlannedResource {
  readonly title: string
  readonly isPublic: boolean
}

interface Planned {
  /** The control. */
  readonly path: string
  readonly count: number
  /** The first of them. */
  readonly examples: readonly PlannedResource[]
}

/** Controls that would come from one state to another. */
export interface PlannedStates extends Planned {
  readonly from: ControlState
  readonly to: ControlState
}

/** Changes of one kind that Enforce would make on GitHub. */
export interface PlannedChanges extends Planned {
  readonly field: string
  readonly before: string
  readonly after: string
}

/** What would follow if settings were others. Nothing of it is done. */
export interface Plan {
  readonly states: readonly PlannedStates[]
  readonly changes: readonly PlannedChanges[]
  /** Changes of more kinds than are told apart. */
  readonly otherChanges: number
  /** Repositories that any of it is about. */
  readonly repositories: number
  /** By title, the repository that policy files are in: what they say of all does not reach it. Null: they say nothing of the kind. */
  readonly spared: string | null
  /** How many resources were looked at. */
  readonly judged: number
}

export const isEmpty = ({ states, changes }: Plan): boolean => states.length === 0 && changes.length === 0
