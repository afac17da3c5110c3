import type { SeenRequest } from '../http/seen-request.ts'
import type { ApiFault } from './api-fault.ts'
import type { DeliveryAbout, DeliveryFault } from './delivery-fault.ts'
import { createPlans, type FaultPlan, type FaultSwitch, type Plans } from './plans.ts'

/** Faults on demand: each is on from its call until it is switched off or has struck as often as it may. */
export interface Faults {
  api(plan: FaultPlan<ApiFault, SeenRequest>): FaultSwitch
  /** Deliveries that a test holds and sends itself are spared. */
  deliveries(plan: FaultPlan<DeliveryFault, DeliveryAbout>): FaultSwitch
  /** Switches all off. */
  clear(): void
}

/** The faults as those see them who are struck. */
export interface FaultSource {
  readonly random: () => number
  readonly api: Plans<ApiFault, SeenRequest>
  readonly deliveries: Plans<DeliveryFault, DeliveryAbout>
}

export const createFaultSource = (random: () => number): FaultSource => ({
  random,
  api: createPlans(random),
  deliveries: createPlans(random),
})

export const faultsOf = ({ api, deliveries }: FaultSource): Faults => ({
  api: api.add,
  deliveries: deliveries.add,
  clear: () => {
    api.clear()
    deliveries.clear()
  },
})
