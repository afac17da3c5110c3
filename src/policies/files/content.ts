import type { PolicyAnswer, PolicyPath, Precedence } from '../../model/policy.ts'
import type { Place } from '../../model/policy-file.ts'
import type { PolicyFileShape } from './shape.ts'

/** An answer as a file gives it: a value or an expression. Times in milliseconds. */
export interface FileAnswer {
  readonly policy: PolicyPath
  readonly value: PolicyAnswer | null
  readonly expression: string | null
  readonly precedence: Precedence
  readonly note: string | null
  readonly startsAt: number | null
  readonly expiresAt: number | null
  /** Where each part stands; of one that is left out, where it would. */
  readonly places: Readonly<Record<'policy' | 'value' | 'expression' | 'expires' | 'on', Place>>
}

/** What a setting or a pack is for; null: the whole organization. */
export type FileTarget = NonNullable<PolicyFileShape['settings'][number]['on']> | null

interface FileSetting extends FileAnswer {
  readonly on: FileTarget
}

interface FilePack {
  readonly name: string
  readonly title: string | null
  readonly settings: readonly FileAnswer[]
  readonly place: Place
}

interface FileAttachment {
  readonly pack: string
  readonly on: FileTarget
  readonly place: Place
}

/** All that the policy files of an organization say. */
export interface PolicyFiles {
  readonly settings: readonly FileSetting[]
  readonly packs: readonly FilePack[]
  /** In the order of the files and of their lines: that of the packs. */
  readonly attachments: readonly FileAttachment[]
}
