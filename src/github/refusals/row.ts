import type { Connection } from '../../model/connection.ts'
import type { Diagnosis } from '../../model/diagnosis.ts'
import type { Permissions } from '../../model/permission.ts'
import { type AppOwner, installationPage } from '../permission-pages.ts'
import type { RefusalFacts } from '../refusal-facts.ts'

/** What a call was signed with: the App's own key, an installation's token, or a person's. */
export type CredentialKind = 'app' | 'installation' | 'classic-token' | 'fine-grained-token'

/** What GitHub says of the App (`GET /app`) and of its installation (`GET /app/installations/{id}`). */
export interface Standing {
  readonly slug: string
  readonly owner: AppOwner
  readonly requested: Permissions
  /** Null when the installation could not be asked about. */
  readonly granted: Permissions | null
}

/** Where a refusal happened. */
export interface RefusalContext {
  /** Null for a call of the App itself. */
  readonly connection: Pick<Connection, 'login' | 'installationId'> | null
  readonly credential: CredentialKind
  /** What was asked, e.g. `GET /orgs/{org}/hooks`. */
  readonly call: string
  readonly htmlUrl: string
  /** Null when not known. */
  readonly standing: Standing | null
  /** The present moment, in milliseconds. */
  readonly now: number
}

/** A diagnosis, and when to try again in milliseconds; null when waiting does not help. */
export interface Diagnosed {
  readonly diagnosis: Diagnosis
  readonly retryAt: number | null
}

/** One row of the table: recognises one kind of refusal by its signal, or leaves it (null) to the rows below. */
export type Row = (facts: RefusalFacts, context: RefusalContext) => Diagnosed | null

/** A diagnosis of this call. */
export function found(
  context: RefusalContext,
  diagnosis: Omit<Diagnosis, 'call'>,
  retryAt: number | null = null,
): Diagnosed {
  return { diagnosis: { ...diagnosis, call: context.call }, retryAt }
}

export const organizationOf = (context: RefusalContext) => context.connection?.login ?? 'the organization'

export const ownerOf = (context: RefusalContext) => `an owner of ${organizationOf(context)}`

export const isToken = (kind: CredentialKind): kind is 'classic-token' | 'fine-grained-token' =>
  kind === 'classic-token' || kind === 'fine-grained-token'

/** The sentence part that quotes GitHub, or nothing when it gave no words. */
export const inItsWords = ({ message }: RefusalFacts) => (message === '' ? '.' : `: ${message}`)

/** The installation's page, as far as there is one. */
export function installationUrl({ connection, htmlUrl }: RefusalContext): { url?: string } {
  if (!connection || connection.installationId === null) return {}
  return { url: installationPage(htmlUrl, connection.login, connection.installationId) }
}
