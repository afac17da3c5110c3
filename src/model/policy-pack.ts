import type { Folder } from './folder.ts'
import type { Authorship, PolicyPath, PolicyPlace, PolicyRule, PolicySetting } from './policy.ts'
import type { Selector } from './selector.ts'

/**
 * A named list of rules, which counts wherever it is attached. Guardpost ships some (`policies/packs/index.ts`); others are
 * kept in the store. Of a policy it says one thing only.
 */
export interface PolicyPack {
  /** Lower-case letters, digits and hyphens, e.g. `baseline`. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly settings: readonly PolicyRule[]
}

/** A pack of the operator's (no connection), or of one organization's. */
export type NewStoredPack = PolicyPack & Authorship & { readonly connectionId: number | null }

export type StoredPack = NewStoredPack & { readonly id: number; readonly createdAt: number }

/** Which pack: one that is kept, or one that is shipped. */
export type PackReference =
  | { readonly packId: number; readonly shippedPack: null }
  | { readonly packId: null; readonly shippedPack: string }

/** A pack at a place, for all below it or for what a selector matches. */
export type NewPolicyAttachment = PolicyPlace &
  PackReference &
  Authorship & {
    readonly selector: Selector | null
    /** Of the attachments of a place the one with the lowest position is the strongest; null: after all others. */
    readonly position: number | null
  }

export type PolicyAttachment = NewPolicyAttachment & {
  readonly id: number
  readonly position: number
  readonly createdAt: number
}

/** All that answers policies for an organization and what is below it: what is put on it, below it, and on its folders. */
export interface Governing {
  /** The folder it is in and those above, nearest first. */
  readonly folders: readonly Folder[]
  readonly settings: readonly PolicySetting[]
  readonly attachments: readonly PolicyAttachment[]
  /** Those that are attached, but for the shipped ones. */
  readonly packs: readonly StoredPack[]
}

/** One rule as it counts at a place: set there itself, or part of a pack that is attached there. */
export interface PolicyStatement {
  readonly rule: PolicyRule
  readonly place: PolicyPlace
  readonly selector: Selector | null
  readonly setting: PolicySetting | null
  /** Null together with `pack`: it is a setting. */
  readonly attachment: PolicyAttachment | null
  readonly pack: PolicyPack | null
  /** Whether who may change policy files decides what it says. */
  readonly isOfFile: boolean
  /** When it came to be said, in milliseconds: it was set, or the pack was attached or last changed. */
  readonly at: number
}

/** The answer in force for one resource, and what gave it. */
export interface PolicyValue {
  readonly path: PolicyPath
  /** Of an expression that failed, its text. */
  readonly value: NonNullable<PolicyRule['value']>
  /** Null: the default. */
  readonly by: PolicyStatement | null
  /** Why the expression gives no answer, with the place marked; null: there is an answer. */
  readonly fault: string | null
  /** It gives none only because something it needs is not known yet. */
  readonly isUnknown: boolean
}
