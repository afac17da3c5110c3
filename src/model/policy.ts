import type { ConnectionKind } from './connection.ts'

/** A path in the user's words, e.g. `GitHub > Organization > Event Handlers`. */
export type PolicyPath = string

/** What a policy may be answered with: one word of a list, free text, or a list of texts. */
export type PolicyAnswer = string | readonly string[]

/** A question with allowed answers. */
export interface PolicyType {
  readonly path: PolicyPath
  /** What it decides, in one sentence. */
  readonly question: string
  readonly kind: 'choice' | 'text' | 'list'
  /** The allowed answers of a choice, or the allowed members of a list where they are known. */
  readonly values?: readonly string[]
  /** Of a list: none at all is an answer. */
  readonly mayBeEmpty?: true
  /** Of a text, or of each member of a list: what is wrong with it, as a sentence; null when nothing is. */
  readonly wrong?: (text: string) => string | null
  /** Policy files cannot set it: whoever may change a file would otherwise decide over what the file is held by. */
  readonly reserved?: true
  /** The answer where nobody set one. */
  readonly default: (connection: { kind: ConnectionKind }) => PolicyAnswer
}

/** A Required setting binds all below it; a Recommended one is overridden by anything more specific. */
export type Precedence = 'required' | 'recommended'

/** An answer given at one place of the hierarchy. */
export interface PolicySetting {
  readonly id: number
  readonly connectionId: number
  readonly resourceId: number
  readonly path: PolicyPath
  readonly value: PolicyAnswer
  readonly precedence: Precedence
  readonly note: string | null
  readonly startsAt: number | null
  readonly expiresAt: number | null
  readonly setBy: string
  readonly createdAt: number
}

export type NewPolicySetting = Omit<PolicySetting, 'id' | 'createdAt'>

/** The answer in force for one resource, and the setting it comes from (null: the default). */
export interface PolicyValue {
  readonly path: PolicyPath
  readonly value: PolicyAnswer
  readonly setting: PolicySetting | null
}
