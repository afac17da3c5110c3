import { z } from '@hono/zod-openapi'
import { holdKinds } from '../../../model/enforcement.ts'
import { id, json, moment, resourceName } from './page.ts'

const holdKind = z.enum(holdKinds).openapi('HoldKind')

/** Who stopped enforcement, or let it go on. */
export const enforcementSwitch = z
  .object({
    everywhere: z.boolean().openapi({ description: 'Of all organizations, or of this one.' }),
    to: z.enum(['stopped', 'going']),
    by: z.string(),
    why: z.string().nullable(),
    at: moment,
  })
  .openapi('EnforcementSwitch')

const policyChange = {
  policy: z.string().openapi({ description: 'The path of the policy that asks for it.' }),
  setAt: moment.nullable().openapi({ description: 'When it was set last; null: it is the default.' }),
}

/** `GET /enforcement`: how it stands with each organization. */
export const enforcementStanding = z
  .object({
    connectionId: id,
    login: z.string(),
    stopped: enforcementSwitch.nullable().openapi({ description: 'Null: it goes on.' }),
    confirmed: z.object({ by: z.string(), at: moment }).nullable().openapi({ description: 'The first plan.' }),
    waiting: z.array(
      z.object({ ...policyChange, kind: holdKind, count: z.int(), since: moment, until: moment.nullable() }),
    ),
    made: z
      .array(z.object({ ...policyChange, count: z.int() }))
      .openapi({ description: 'How many resources were changed within a week.' }),
    madeWithinHour: z.int(),
    toCome: z.int().openapi({ description: 'Controls that run, are due, or wait for GitHub’s limits.' }),
  })
  .openapi('EnforcementStanding')

/** One enforcement that waits. */
export const heldEnforcement = z
  .object({
    controlId: id,
    path: z.string(),
    resource: resourceName,
    kind: holdKind,
    reason: z.string(),
    until: moment.nullable().openapi({ description: 'Null: until somebody does something about it.' }),
    since: moment,
    changes: z.array(z.object({ field: z.string(), before: json, after: json })),
  })
  .openapi('HeldEnforcement')

/** What the first Enforce on an organization would change. */
export const enforcementPlan = z
  .object({
    plan: z.string().openapi({ description: 'Names this very plan, to confirm it and no other.' }),
    total: z.int(),
    toCome: z.int().openapi({ description: 'Controls still to be judged: as long as there are any it is not whole.' }),
    items: z
      .array(heldEnforcement)
      .openapi({ description: 'The first 200; all of them are in the list of what waits.' }),
  })
  .openapi('EnforcementPlan')

export const planConfirmation = z.object({ plan: z.string().max(100) }).openapi('PlanConfirmation')
export const enforcementRelease = z
  .object({ policy: z.string().max(500).optional().openapi({ description: 'Only what this policy asks for.' }) })
  .openapi('EnforcementRelease')
export const enforcementNote = z.object({ why: z.string().max(1_000).optional() }).openapi('EnforcementNote')
export const count = z.object({ count: z.int().openapi({ description: 'How many go on now.' }) })
