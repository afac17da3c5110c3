import type { Resource } from './resource.ts'

/** A file as it was read; `path` is the one in its repository or folder. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** Where something stands in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** What is wrong, where, and what would be right. */
export interface FileFault extends Place {
  readonly message: string
}

/** As compilers write it, e.g. `guardpost.yml:3:5`. */
export const placeInWords = ({ file, line, column }: Place): string => `${file}:${line}:${column}`

/** What is taken of the policy files of one organization; in bytes. */
export const policyFileLimits = { files: 100, fileBytes: 256 * 1024, allBytes: 1024 * 1024 } as const

export const policyFileFolder = 'guardpost'

/** Whether a path of the repository is one of a policy file: `guardpost.yml`, or `guardpost/*.yml`. */
export const isPolicyFile = (path: string): boolean => /^guardpost(\/[^/]+)?\.yml$/.test(path)

/** A policy file as Git names it: the same name, the same text. */
export interface NamedFile {
  readonly path: string
  readonly sha: string
}

/** What keeps changes away from a branch that nobody reviewed: a ruleset, or branch protection. */
export interface ReviewRule {
  /** E.g. `branch protection`, `ruleset main of acme`. */
  readonly by: string
  /** How many must approve a pull request. */
  readonly approvals: number
  /** Whether somebody need not keep to it; null: GitHub does not tell us. */
  readonly isBypassed: boolean | null
  /** Why it is not known, or how it is got around. */
  readonly why: string | null
}

/** The repository that policy files come from. */
export type PolicyRepository = Pick<Resource, 'nodeId'> & {
  readonly owner: string
  readonly name: string
  /** Null while it is empty. */
  readonly defaultBranch: string | null
}
