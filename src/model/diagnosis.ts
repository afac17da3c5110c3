import type { PermissionLevel } from './permission.ts'

/** Why GitHub did not do what was asked, as far as its answer tells. */
type DiagnosisCode =
  | 'permission-not-requested'
  | 'permission-not-granted'
  | 'event-not-requested'
  | 'event-not-granted'
  | 'scope-missing'
  | 'bad-credentials'
  | 'suspended'
  | 'uninstalled'
  | 'hidden'
  | 'plan'
  | 'rate-limited'
  | 'unavailable'
  | 'undelivered'
  | 'expiring'
  | 'refused'

/** What a person does about it. */
export interface Remedy {
  /** Who can do it, e.g. `an owner of acme`. */
  readonly who: string
  /** What they do, as an imperative sentence. */
  readonly action: string
  /** The page where it is done. */
  readonly url?: string
}

/** The permission (or event, or token scope) that a refusal or a comparison is about. */
export interface MissingPermission {
  readonly key: string
  /** Null for an event or a scope, which have no level. */
  readonly needed: PermissionLevel | null
  /** What the App asks for; null when it does not ask, undefined when not known. */
  readonly requested?: PermissionLevel | null
  /** What the installation has; null when nothing, undefined when not known. */
  readonly granted?: PermissionLevel | null
  readonly why?: string
}

/** What was refused, why, and where it is mended. */
export interface Diagnosis {
  readonly code: DiagnosisCode
  /** One line: what is wrong. */
  readonly reason: string
  readonly missing?: MissingPermission
  readonly remedy?: Remedy
  /** What was asked of GitHub, e.g. `GET /orgs/{org}/hooks`, where a call was refused. */
  readonly call?: string
}
