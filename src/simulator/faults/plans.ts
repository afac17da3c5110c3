/** A fault, and whom and how often it strikes. */
export interface FaultPlan<Fault, Subject> {
  readonly fault: Fault
  /** Only these; by default all. */
  readonly when?: ((subject: Subject) => boolean) | undefined
  /** Of those, this share; by default all. */
  readonly probability?: number | undefined
  /** At most so often; by default until it is switched off. */
  readonly times?: number | undefined
}

/** A fault that is on. */
export interface FaultSwitch {
  /** How often it struck. */
  readonly struck: number
  off(): void
}

export interface Plans<Fault, Subject> {
  add(plan: FaultPlan<Fault, Subject>): FaultSwitch
  /** The first fault that strikes the subject. */
  strike(subject: Subject): Fault | undefined
  clear(): void
}

export function createPlans<Fault, Subject>(random: () => number): Plans<Fault, Subject> {
  const plans = new Map<FaultPlan<Fault, Subject>, { struck: number }>()
  const strikes = ({ when, probability = 1 }: FaultPlan<Fault, Subject>, subject: Subject): boolean =>
    (!when || when(subject)) && (probability >= 1 || random() < probability)
  return {
    add: (given) => {
      const plan = { ...given }
      const counter = { struck: 0 }
      plans.set(plan, counter)
      return {
        get struck() {
          return counter.struck
        },
        off: () => void plans.delete(plan),
      }
    },
    strike: (subject) => {
      for (const [plan, counter] of plans) {
        if (counter.struck >= (plan.times ?? Number.POSITIVE_INFINITY) || !strikes(plan, subject)) continue
        counter.struck += 1
        return plan.fault
      }
      return undefined
    },
    clear: () => plans.clear(),
  }
}
