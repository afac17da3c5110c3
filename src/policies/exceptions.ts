import type { Folder } from '../model/folder.ts'
import type { PolicyRule } from '../model/policy.ts'
import type { PolicyStatement } from '../model/policy-pack.ts'
import { type PolicySubject, selectableOf } from './policy-subject.ts'
import { matches } from './selector.ts'
import { bySpecificity, spotOf } from './statements.ts'

/** Whether a rule binds, or will. */
export const binds = ({ precedence, expiresAt }: Pick<PolicyRule, 'precedence' | 'expiresAt'>, now: number): boolean =>
  precedence === 'required' && (expiresAt === null || expiresAt > now)

/** Where a statement is made: its resource (null: it is on a folder), and the folders from there up or above that, nearest first. */
export interface Standing {
  readonly subject: PolicySubject | null
  readonly folders: readonly Pick<Folder, 'id'>[]
  /** It is at or below the repository that policy files are in, of which they say nothing. */
  readonly holdsFiles: boolean
}

/**
 * The nearest Required statement, in force or to come, that another one would not let through where both speak: from a place
 * above, or less specific at the same place. Packs of one place are put in an order, and two selections may have nothing in
 * common: of those neither is an exception from the other. Null: it overrides none.
 */
export function requiredAbove(
  statement: PolicyStatement,
  all: readonly PolicyStatement[],
  { subject, folders, holdsFiles }: Standing,
  now: number,
): PolicyStatement | null {
  const resources = subject ? [subject.resource, ...subject.ancestors] : []
  const spots = [...resources.map(({ id }) => `resource ${id}`), ...folders.map(({ id }) => `folder ${id}`)]
  const height = ({ place }: PolicyStatement) => spots.indexOf(spotOf(place))
  const isOverridden = (other: PolicyStatement): boolean => {
    if (other.rule.path !== statement.rule.path || !binds(other.rule, now)) return false
    if (holdsFiles && other.isOfFile) return false
    if (height(other) === height(statement)) return isMoreSpecific(statement, other)
    return height(other) > height(statement) && reaches(other, statement, subject)
  }
  const above = all.filter(isOverridden)
  return above.toSorted((a, b) => height(a) - height(b) || bySpecificity(a, b))[0] ?? null
}

/** At one place. */
const isMoreSpecific = (one: PolicyStatement, other: PolicyStatement): boolean =>
  other.selector === null && (one.selector !== null || (one.setting !== null && other.attachment !== null))

function reaches({ selector }: PolicyStatement, statement: PolicyStatement, subject: PolicySubject | null): boolean {
  if (selector === null) return true
  if (statement.selector !== null) return false
  const selectable = subject && selectableOf(subject)
  return selectable ? matches(selector, selectable) : true
}
