import { z } from '@hono/zod-openapi'
import { controlState } from './control.ts'
import { id, moment, resourceName } from './page.ts'

/** One permission: what we ask GitHub for, and what was granted. */
export const permissionRow = z
  .object({
    key: z.string().openapi({ example: 'organization_hooks' }),
    needed: z.string().nullable().openapi({ description: '`read` or `write`; null: nothing in force needs it.' }),
    /** What needs it, in words. */
    for: z.array(z.string()),
    requested: z.string().nullable(),
    granted: z.string().nullable(),
  })
  .openapi('PermissionRow')

export const connection = z
  .object({
    id,
    kind: z.enum(['app', 'token']),
    login: z.string(),
    status: z.enum(['active', 'suspended', 'removed']),
    createdAt: moment,
    organization: resourceName.nullable(),
    /** Of `GitHub > Organization > Event Handlers`. */
    eventHandlers: z.object({ controlId: id, state: controlState, reason: z.string() }).nullable(),
    lastDeliveryAt: moment.nullable(),
    controls: z.record(z.string(), z.int()).openapi({ description: 'How many controls stand in each state.' }),
  })
  .openapi('Connection')

export const connectionDetail = connection
  .extend({
    permissions: z.array(permissionRow),
    events: z.array(z.object({ event: z.string(), needed: z.boolean(), subscribed: z.boolean() })),
    /** Where its permissions are mended, by whom; null where GitHub has no such page. */
    settingsUrl: z.string().nullable(),
    budgets: z.array(
      z.object({
        resource: z.string(),
        limit: z.int(),
        remaining: z.int(),
        resetsAt: moment.nullable(),
        waitsUntil: moment.nullable(),
      }),
    ),
    hooks: z.array(
      z.object({
        id: z.string(),
        githubId: z.int().nullable(),
        url: z.string(),
        lastDeliveryAt: moment.nullable(),
        failures: z.int(),
      }),
    ),
  })
  .openapi('ConnectionDetail')

/** `POST /connections`: an organization by a token; it is checked before it is kept. */
export const newConnection = z
  .object({ url: z.string().max(500), token: z.string().min(1).max(1_000) })
  .openapi('NewConnection')

/** `GET /connections/{id}/removal`: what would go. */
export const removalPreview = z
  .object({
    login: z.string(),
    kind: z.enum(['app', 'token']),
    webhooks: z.array(z.object({ githubId: z.int().nullable(), url: z.string() })),
    issues: z.array(z.object({ repository: z.string(), number: z.int() })),
    resources: z.int(),
    controls: z.int(),
    settings: z.int(),
    activities: z.int(),
    deliveries: z.int(),
    /** What stays on GitHub and is for a person to do, e.g. to uninstall the App. */
    remains: z.array(z.string()),
  })
  .openapi('RemovalPreview')

/** `POST /connections/{id}/removal`, with the organization's name typed. */
export const removalOrder = z.object({ login: z.string() }).openapi('RemovalOrder')
export const removal = z
  .object({
    steps: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['done', 'running', 'waiting', 'failed']),
        detail: z.string().nullable(),
      }),
    ),
    done: z.boolean(),
  })
  .openapi('Removal')
