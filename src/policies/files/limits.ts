import { policyFileLimits } from '../../model/policy-file.ts'

/** What is taken of policy files: enough for any organization, little enough to be read in a moment. */
export const limits = {
  ...policyFileLimits,
  /** Collections inside one another. */
  depth: 16,
  settings: 10_000,
  /** Characters of a name, a value, a note; and of an expression. */
  text: 1_000,
  expression: 2_000,
  /** Members of a list. */
  members: 1_000,
  /** So many faults are told; who has more has them for the same reason. */
  faults: 50,
} as const
