import { z } from '@hono/zod-openapi'
import { connectionStatuses } from '../../../model/connection.ts'
import { controlState } from './control.ts'
import { id, moment, resourceName } from './page.ts'

/** One permission: what we ask GitHub for, and what was granted. */
const permissionRow = z
  .object({
    key: z.string().openapi({ example: 'organization_hooks' }),
    needed: z.string().nullable().openapi({ description: '`read` or `write`; null: nothing in force needs it.' }),
    /** What needs it, in words. */
    for: z.array(z.string()),
    requested: z.string().nullable(),
    granted: z.string().nullable(),
  })
  .openapi('PermissionRow')

export const discovery = z
  .object({
    progress: z
      .object({
        type: z.string(),
        count: z.int(),
        total: z.int().nullable(),
        perSecond: z.number(),
        secondsLeft: z.int().nullable().openapi({ description: 'At that rate; null: it is not known.' }),
      })
      .openapi({ description: 'How many of how many of the type it is at; of null: GitHub does not say.' }),
    waitsUntil: moment.nullable().openapi({ description: 'When it goes on; null: it runs.' }),
  })
  .openapi('Discovery')

export const connection = z
  .object({
    id,
    kind: z.enum(['app', 'token']),
    login: z.string(),
    status: z.enum(connectionStatuses),
    createdAt: moment,
    organization: resourceName.nullable(),
    /** Of `GitHub > Organization > Event Handlers`. */
    eventHandlers: z.object({ controlId: id, state: controlState, reason: z.string() }).nullable(),
    lastDeliveryAt: moment.nullable(),
    controls: z.record(z.string(), z.int()).openapi({ description: 'How many controls stand in each state.' }),
    discovery: discovery.nullable().openapi({ description: 'Null: none runs.' }),
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

/** What a person does about it, and where. */
const remedy = z.object({ who: z.string(), action: z.string(), url: z.string().nullable() })

/** `POST /connections`: an organization by a token, or without one by the App that is installed on it. */
export const newConnection = z
  .object({
    url: z.string().max(500).openapi({ example: 'https://github.com/acme' }),
    token: z
      .string()
      .regex(/^[\w-]{1,1000}$/, 'is no token of GitHub')
      .optional(),
    check: z.boolean().default(false).openapi({ description: 'Only try, and keep nothing.' }),
  })
  .openapi('NewConnection')

/** What was tried: `refused` cannot work at all, `warning` works in part. */
const connectionFinding = z
  .object({
    about: z.string(),
    found: z.string(),
    level: z.enum(['ok', 'warning', 'refused']),
    remedy: remedy.nullable(),
  })
  .openapi('ConnectionFinding')

/** `POST /connections` answers with the connection (null: only tried) and all that was found. */
export const connected = z
  .object({
    connection: connection.nullable(),
    replaced: z.boolean().openapi({ description: 'It was connected before; what reaches it was replaced.' }),
    findings: z.array(connectionFinding),
  })
  .openapi('Connected')

/** `/connections/{id}/examination`: what the doctor found. */
export const examination = z
  .object({
    startedAt: moment.nullable().openapi({ description: 'Null: nobody asked for one since the server started.' }),
    endedAt: moment.nullable().openapi({ description: 'Null: it is under way.' }),
    symptoms: z.array(
      z.object({
        about: z.string(),
        found: z.string(),
        level: z.enum(['ok', 'unknown', 'wrong']),
        remedy: remedy.nullable(),
      }),
    ),
  })
  .openapi('Examination')

/** `POST /connections/{id}/removal`, with the organization's name typed. Again: it goes on where it stood. */
export const removalOrder = z
  .object({
    login: z.string().max(100),
    forget: z.boolean().default(false).openapi({ description: 'Go on where GitHub refuses, and leave there what is.' }),
  })
  .openapi('RemovalOrder')
export const removal = z
  .object({
    steps: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['done', 'running', 'waiting', 'failed', 'to come']),
        detail: z.string().nullable(),
      }),
    ),
    done: z.boolean(),
    /** What was left on GitHub for a person to do. */
    remains: z.array(remedy),
  })
  .openapi('Removal')

/** `GET /connections/{id}/removal`: what would go, and how far it has come. */
export const removalPreview = z
  .object({
    login: z.string(),
    kind: z.enum(['app', 'token']),
    webhooks: z.array(z.object({ githubId: z.int().nullable(), url: z.string() })),
    issues: z.array(z.object({ repository: z.string(), number: z.int(), url: z.string().nullable() })),
    resources: z.int(),
    controls: z.int(),
    settings: z.int(),
    activities: z.int(),
    deliveries: z.int(),
    /** What stays on GitHub and is for a person to do, e.g. to uninstall the App. */
    remains: z.array(remedy),
    /** Null: nobody has asked for it yet. */
    progress: removal.nullable(),
  })
  .openapi('RemovalPreview')
