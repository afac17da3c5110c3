import type { z } from 'zod'
import type * as connectionShapes from '../../server/api/shapes/connection.ts'
import type * as controlShapes from '../../server/api/shapes/control.ts'
import type * as deliveryShapes from '../../server/api/shapes/delivery.ts'
import type * as enforcementShapes from '../../server/api/shapes/enforcement.ts'
import type * as healthShapes from '../../server/api/shapes/health.ts'
import type * as pageShapes from '../../server/api/shapes/page.ts'
import type * as pastShapes from '../../server/api/shapes/past.ts'
import type * as planShapes from '../../server/api/shapes/plan.ts'
import type * as policyShapes from '../../server/api/shapes/policy.ts'
import type * as resourceShapes from '../../server/api/shapes/resource.ts'
import type * as sessionShapes from '../../server/api/shapes/session.ts'

export type Problem = z.infer<typeof pageShapes.problem>
export interface Page<Item> {
  items: Item[]
  next: string | null
  total?: number | undefined
}

export type ControlState = z.infer<typeof controlShapes.controlState>
export type ControlType = z.infer<typeof controlShapes.controlType>
export type ControlRow = z.infer<typeof controlShapes.controlRow>
export type ControlDetail = z.infer<typeof controlShapes.controlDetail>
export type Run = z.infer<typeof controlShapes.run>
export type NewMute = z.infer<typeof controlShapes.newMute>

export type PolicyAnswer = z.infer<typeof policyShapes.answer>
export type PolicyType = z.infer<typeof policyShapes.policyType>
export type PolicySetting = z.infer<typeof policyShapes.policySetting>
export type PolicyValue = z.infer<typeof policyShapes.policyValue>
export type NewPolicySetting = z.input<typeof policyShapes.newPolicySetting>

export type Selector = NonNullable<z.infer<typeof policyShapes.policyAttachment>['selector']>
export type PolicyPack = z.infer<typeof policyShapes.policyPack>
export type PolicyAttachment = z.infer<typeof policyShapes.policyAttachment>
export type NewPolicyAttachment = z.input<typeof policyShapes.newPolicyAttachment>
export type NewSelector = NonNullable<NewPolicyAttachment['selector']>
export type PolicyException = z.infer<typeof policyShapes.policyException>
export type PolicyPlan = z.infer<typeof planShapes.policyPlan>
export type PolicyPlanRequest = z.input<typeof planShapes.planRequest>
export type Folder = z.infer<typeof policyShapes.folder>
export type NewFolder = z.input<typeof policyShapes.newFolder>

export type ResourceRow = z.infer<typeof resourceShapes.resourceRow>
export type ResourceDetail = z.infer<typeof resourceShapes.resourceDetail>
export type Change = z.infer<typeof resourceShapes.change>
export type Version = z.infer<typeof resourceShapes.version>
export type Activity = z.infer<typeof resourceShapes.activity>

export type PastDetail = z.infer<typeof pastShapes.pastDetail>
export type Difference = z.infer<typeof pastShapes.difference>
export type Became = z.infer<typeof pastShapes.becameRow>

export type DeliveryRow = z.infer<typeof deliveryShapes.deliveryRow>
export type DeliveryDetail = z.infer<typeof deliveryShapes.deliveryDetail>

export type Connection = z.infer<typeof connectionShapes.connection>
export type ConnectionDetail = z.infer<typeof connectionShapes.connectionDetail>
export type Examination = z.infer<typeof connectionShapes.examination>
export type Connected = z.infer<typeof connectionShapes.connected>
export type NewConnection = z.input<typeof connectionShapes.newConnection>
export type RemovalPreview = z.infer<typeof connectionShapes.removalPreview>
export type Removal = z.infer<typeof connectionShapes.removal>

export type EnforcementStanding = z.infer<typeof enforcementShapes.enforcementStanding>
export type HeldEnforcement = z.infer<typeof enforcementShapes.heldEnforcement>
export type EnforcementPlan = z.infer<typeof enforcementShapes.enforcementPlan>

export type Role = z.infer<typeof sessionShapes.role>
export type Session = z.infer<typeof sessionShapes.session>
export type OpenSession = z.infer<typeof sessionShapes.openSession>
export type PersonWithGrants = z.infer<typeof sessionShapes.personWithGrants>
export type NewPerson = z.input<typeof sessionShapes.newPerson>
export type NewGrant = z.infer<typeof sessionShapes.newGrant>

export type ChangeMessage = z.infer<typeof healthShapes.changeMessage>
