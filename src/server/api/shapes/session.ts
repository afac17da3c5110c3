import { z } from '@hono/zod-openapi'
import { roles } from '../../../model/access.ts'
import { folderName, id, moment, resourceName } from './page.ts'

export const role = z.enum(roles).openapi('Role')

const holding = z
  .object({
    role,
    /** Null: everywhere. */
    at: resourceName.nullable(),
    from: z
      .enum(['grant', 'github'])
      .openapi({ description: 'Given here, or by the role in the organization on GitHub.' }),
  })
  .openapi('Holding')

const person = z
  .object({
    id,
    kind: z.enum(['local', 'github']),
    login: z.string(),
    mustChangePassword: z.boolean(),
    createdAt: moment,
    lastSeenAt: moment.nullable(),
  })
  .openapi('Person')

/** `GET /session`: who is asking. */
export const session = z
  .object({
    person: person.pick({ id: true, kind: true, login: true, mustChangePassword: true }),
    holdings: z.array(holding),
    csrfToken: z
      .string()
      .openapi({ description: 'To be sent as `X-CSRF-Token` with everything that changes something.' }),
  })
  .openapi('Session')

/** `GET /sign-in`: how one may sign in; for everybody. */
export const waysToSignIn = z
  .object({
    password: z.boolean(),
    github: z
      .string()
      .nullable()
      .openapi({ description: 'Where to go to sign in with GitHub; null: it is not set up.' }),
  })
  .openapi('WaysToSignIn')

/** `POST /session`. */
export const credentials = z
  .object({ login: z.string().min(1).max(100), password: z.string().min(1).max(1_000) })
  .openapi('Credentials')

/** `PUT /password`. */
export const newPassword = z
  .object({ current: z.string().max(1_000), next: z.string().min(12).max(1_000) })
  .openapi('NewPassword')

/** One place somebody is signed in at; `GET /sessions`, `DELETE /sessions/{id}`. */
export const openSession = z
  .object({
    id: z.string(),
    person: person.pick({ id: true, login: true }),
    current: z.boolean(),
    startedAt: moment,
    lastSeenAt: moment,
    expiresAt: moment,
    address: z.string(),
    userAgent: z.string(),
  })
  .openapi('OpenSession')

/** `GET /people`, `POST /people`, `DELETE /people/{id}`; `grants` of each. */
export const grant = z
  .object({
    id,
    personId: id,
    at: resourceName.nullable().openapi({ description: 'Null, and no folder either: everywhere.' }),
    folder: folderName.nullable().openapi({ description: 'It holds at every organization that is in it.' }),
    role,
    grantedBy: z.string(),
    grantedAt: moment,
  })
  .openapi('Grant')

export const personWithGrants = person.extend({ grants: z.array(grant) }).openapi('PersonWithGrants')

/** A local person gets a one-time password in the answer; one of GitHub signs in there. */
export const newPerson = z
  .object({ kind: z.enum(['local', 'github']), login: z.string().trim().min(1).max(100) })
  .openapi('NewPerson')
export const madePerson = personWithGrants.extend({ oneTimePassword: z.string().nullable() }).openapi('MadePerson')

/** `POST /grants`. */
export const newGrant = z
  .object({
    personId: id,
    resourceId: id.nullable().openapi({ description: 'Null, and no folder either: everywhere.' }),
    folderId: id.nullish(),
    role,
  })
  .openapi('NewGrant')
