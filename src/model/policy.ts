import type { ConnectionKind } from './connection.ts'
import type { Selector } from './selector.ts'

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

/**
 * What is asked: a policy and its answer, at whatever place it comes to count. Settings are rules put on a place; a policy
 * pack is a list of rules.
 */
export interface PolicyRule {
  readonly path: PolicyPath
  /** Null: the expression answers. One of the two is there. */
  readonly value: PolicyAnswer | null
  /** CEL over the resource and those above it; see `policies/expression.ts`. */
  readonly expression: string | null
  readonly precedence: Precedence
  readonly note: string | null
  /** It counts from then (null: from the beginning) until before then (null: for good); in milliseconds. */
  readonly startsAt: number | null
  readonly expiresAt: number | null
}

/** A rule that is Required, at all times, unless it says otherwise. */
export const asks = (path: PolicyPath, value: PolicyAnswer, more: Partial<PolicyRule> = {}): PolicyRule => ({
  path,
  value,
  expression: null,
  precedence: 'required',
  note: null,
  startsAt: null,
  expiresAt: null,
  ...more,
})

/** Where something is put: a folder, which belongs to no connection, or a resource of one. */
export type PolicyPlace =
  | { readonly folderId: number; readonly connectionId: null; readonly resourceId: null }
  | { readonly folderId: null; readonly connectionId: number; readonly resourceId: number }

/** How something was put where it is. What a policy file says is changed in that file alone. */
export const policySources = ['cli', 'console', 'api', 'file'] as const

/** Where in a policy file it stands; `file` from the root of its repository, `line` from 1. */
interface Origin {
  readonly file: string
  readonly line: number
}

/** Who put something where it is, and how. */
export interface Authorship {
  readonly source: (typeof policySources)[number]
  /** Of `file` only. */
  readonly origin: Origin | null
  readonly setBy: string
}

/** A setting that is to be: one for each place, selector and policy. */
export type NewPolicySetting = PolicyRule & PolicyPlace & Authorship & { readonly selector: Selector | null }

/** An answer given at one place of the hierarchy, or to those repositories below it that a selector matches. */
export type PolicySetting = NewPolicySetting & { readonly id: number; readonly createdAt: number }

export const isInForce = ({ startsAt, expiresAt }: Pick<PolicyRule, 'startsAt' | 'expiresAt'>, now: number): boolean =>
  (startsAt === null || startsAt <= now) && (expiresAt === null || expiresAt > now)
