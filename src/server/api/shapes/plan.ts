import { z } from '@hono/zod-openapi'
import { controlState } from './control.ts'
import { id } from './page.ts'
import { newPolicyAttachment, newPolicySetting } from './policy.ts'

const planned = {
  path: z.string().openapi({ description: 'The control.' }),
  count: z.int(),
  examples: z.array(z.string()).openapi({ description: 'The first of the resources, by name.' }),
}

/** `POST /policy-plans`: one of the two. */
export const planRequest = z
  .object({ setting: newPolicySetting.optional(), attachment: newPolicyAttachment.optional() })
  .openapi('PolicyPlanRequest')

export const policyPlan = z
  .object({
    organizations: z.array(
      z.object({
        connectionId: id,
        login: z.string(),
        states: z.array(z.object({ ...planned, from: controlState, to: controlState })),
        changes: z
          .array(z.object({ ...planned, field: z.string(), before: z.string(), after: z.string() }))
          .openapi({ description: 'What Enforce would change on GitHub.' }),
        otherChanges: z.int().openapi({ description: 'Changes of more kinds than are told apart.' }),
        repositories: z.int().openapi({ description: 'Repositories that any of it is about.' }),
      }),
    ),
  })
  .openapi('PolicyPlan')
