import type { ControlState } from '../../model/control-state.ts'
import type { Plan, PlannedChanges, PlannedResource, PlannedStates } from '../../model/plan.ts'

/** Kinds of changes that are told apart, and resources that are named for each: a plan stays small however much it is of. */
const mostKinds = 500
const mostExamples = 100

export interface Outcome {
  readonly state: ControlState
  /** What Enforce would change. */
  readonly changes: readonly { readonly field: string; readonly before: string; readonly after: string }[]
}

/** What is counted for one plan, resource by resource. */
export interface Tally {
  /** The outcomes for one resource, by control, as settings are and as they would be. */
  add(
    resource: PlannedResource & { isRepository: boolean; isSpared: boolean },
    outcomes: readonly { path: string; before: Outcome; after: Outcome }[],
  ): void
  plan(): Plan
}

type Growing<Kind> = { -readonly [Key in keyof Kind]: Kind[Key] } & { examples: PlannedResource[] }

export function createTally(): Tally {
  const states = new Map<string, Growing<PlannedStates>>()
  const changes = new Map<string, Growing<PlannedChanges>>()
  let spared: string | null = null
  const sums = { otherChanges: 0, repositories: 0, judged: 0 }

  const count = <Kind extends PlannedStates | PlannedChanges>(
    all: Map<string, Growing<Kind>>,
    kind: Omit<Kind, 'count' | 'examples'>,
    { title, isPublic }: PlannedResource,
  ): void => {
    const key = JSON.stringify(kind)
    const known = all.get(key) ?? ({ ...kind, count: 0, examples: [] } as unknown as Growing<Kind>)
    all.set(key, known)
    known.count++
    if (known.examples.length < mostExamples) known.examples.push({ title, isPublic })
  }
  return {
    add(resource, outcomes) {
      let isTouched = false
      if (resource.isSpared) spared = resource.title
      for (const { path, before, after } of outcomes) {
        if (before.state !== after.state) {
          count(states, { path, from: before.state, to: after.state }, resource)
          isTouched = true
        }
        for (const { field, ...change } of newIn(before, after)) {
          const kind = { path, field, ...change }
          if (changes.size < mostKinds || changes.has(JSON.stringify(kind))) count(changes, kind, resource)
          else sums.otherChanges++
          isTouched = true
        }
      }
      sums.judged++
      if (isTouched && resource.isRepository) sums.repositories++
    },
    plan: () => ({ states: largestFirst(states), changes: largestFirst(changes), spared, ...sums }),
  }
}

/** What Enforce changes already, it does not change because of the plan. */
const newIn = (before: Outcome, after: Outcome): Outcome['changes'] =>
  after.changes.filter(
    (change) => !before.changes.some((each) => each.field === change.field && each.after === change.after),
  )

const largestFirst = <Kind extends { count: number; path: string }>(all: ReadonlyMap<string, Kind>): Kind[] =>
  [...all.values()].toSorted((a, b) => b.count - a.count || a.path.localeCompare(b.path))
