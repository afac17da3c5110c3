import type { ConnectionKind } from '../model/connection.ts'
import { isInForce, type PolicyAnswer, type PolicyType } from '../model/policy.ts'
import type { Governing, PolicyStatement, PolicyValue } from '../model/policy-pack.ts'
import { type Selector, selectorKey } from '../model/selector.ts'
import { answeredBy } from './answered-by.ts'
import { type PolicySubject, selectableOf } from './policy-subject.ts'
import { matches } from './selector.ts'
import { bySpecificity, spotOf, statementsOf } from './statements.ts'

/** The policies of an organization and all below it, as they stand at one moment. */
export interface Policies {
  /**
   * The answer in force: of the Required statements in force the most specific, else of the Recommended ones, else the
   * default. Asked for many policies of one subject in a row, it is found by a look at a map.
   */
  valueFor(type: PolicyType, subject: PolicySubject): PolicyValue
  /** All that speaks to it, from the top down, those not in force included. */
  statements(type: PolicyType, subject: PolicySubject): readonly PolicyStatement[]
  /** Those of them that files make about the repository that the files are in: they do not count. */
  silenced(type: PolicyType, subject: PolicySubject): readonly PolicyStatement[]
  /** Every answer that may be in force somewhere below, given what is in force for the organization itself. */
  answers(type: PolicyType, organization: PolicySubject): readonly PolicyAnswer[]
  /** Whether anything is for repositories with certain custom properties. */
  readonly readsProperties: boolean
}

/** What speaks for all subjects in the same position, and the values found for them so far. */
interface Position {
  readonly statements: readonly PolicyStatement[]
  /** Those of policy files, where it is at or below the repository that the files are in. */
  readonly silenced: ReadonlySet<PolicyStatement>
  readonly values: Map<string, PolicyValue>
}

/**
 * Makes the settings and packs of an organization ready to answer for very many resources: those with nothing of their own
 * between them and the organization, and matched by the same selectors, are in one position and share their values.
 *
 * `fileRepositoryId`: the repository that policy files are in (null: none). What holds the files is not for files to say:
 * nothing of theirs counts there, whether it is for that repository, for a selection or for the organization.
 */
export function policiesOf(
  connection: { kind: ConnectionKind },
  governing: Governing,
  now: number,
  fileRepositoryId: number | null = null,
): Policies {
  const all = statementsOf(governing).toSorted(bySpecificity)
  const bySpot = Map.groupBy(all, ({ place }) => spotOf(place))
  const folders = governing.folders.map(({ id }) => `folder ${id}`).filter((spot) => bySpot.has(spot))
  const byKey = new Map(all.flatMap(({ selector }) => (selector ? [[selectorKey(selector), selector] as const] : [])))
  const [keys, selectors] = [[...byKey.keys()], [...byKey.values()]]
  const positions = new Map<string, Position>()
  let last: { subject: PolicySubject; position: Position } | null = null

  const newPosition = (spots: readonly string[], matched: readonly number[], holdsFiles: boolean): Position => {
    const statements = spokenAt(spots, new Set(matched.map((index) => keys[index])), bySpot)
    const silenced = new Set(statements.filter(({ isOfFile }) => holdsFiles && isOfFile))
    return { statements, silenced, values: new Map() }
  }

  const positionOf = (subject: PolicySubject): Position => {
    if (last?.subject === subject) return last.position
    const matched = matchedBy(subject, selectors)
    const ids = [subject.resource, ...subject.ancestors].map(({ id }) => id)
    const spots = [...ids.map((id) => `resource ${id}`).filter((spot) => bySpot.has(spot)), ...folders]
    const holdsFiles = fileRepositoryId !== null && ids.includes(fileRepositoryId)
    const key = `${spots.join()} ${matched.join()} ${holdsFiles}`
    const position = positions.get(key) ?? newPosition(spots, matched, holdsFiles)
    positions.set(key, position)
    last = { subject, position }
    return position
  }

  const valueFor = (type: PolicyType, subject: PolicySubject): PolicyValue => {
    const position = positionOf(subject)
    const known = position.values.get(type.path)
    const value = known ?? decide(type, position, connection, now)
    if (!known) position.values.set(type.path, value)
    const text = value.by?.rule.expression ?? null
    return text === null ? value : { ...value, ...answeredBy(type, text, subject) }
  }

  return {
    valueFor,
    statements: (type, subject) =>
      positionOf(subject)
        .statements.filter(({ rule }) => rule.path === type.path)
        .toReversed(),
    silenced: (type, subject) => [...positionOf(subject).silenced].filter(({ rule }) => rule.path === type.path),
    answers(type, organization) {
      const { value, by } = valueFor(type, organization)
      const below = all.filter(
        ({ rule }) =>
          rule.path === type.path && isInForce(rule, now) && !(isRequired(by) && rule.precedence !== 'required'),
      )
      return [
        value,
        ...below.flatMap(({ rule }) => (rule.value === null ? mayAnswer(type, rule.expression) : [rule.value])),
      ]
    },
    readsProperties: selectors.some(({ property }) => property !== undefined),
  }
}

const isRequired = (statement: PolicyStatement | null): boolean => statement?.rule.precedence === 'required'

/** The numbers of those that match. */
function matchedBy(subject: PolicySubject, selectors: readonly Selector[]): number[] {
  const selectable = selectors.length > 0 ? selectableOf(subject) : null
  if (!selectable) return []
  const matched: number[] = []
  for (const [index, selector] of selectors.entries()) if (matches(selector, selectable)) matched.push(index)
  return matched
}

/** The most specific first. */
const spokenAt = (
  spots: readonly string[],
  matched: ReadonlySet<string | undefined>,
  bySpot: ReadonlyMap<string, readonly PolicyStatement[]>,
): PolicyStatement[] =>
  spots
    .flatMap((spot) => bySpot.get(spot) ?? [])
    .filter(({ selector }) => selector === null || matched.has(selectorKey(selector)))

function decide(
  type: PolicyType,
  { statements, silenced }: Pick<Position, 'statements' | 'silenced'>,
  connection: { kind: ConnectionKind },
  now: number,
): PolicyValue {
  const inForce = statements.filter(
    (each) => each.rule.path === type.path && isInForce(each.rule, now) && !silenced.has(each),
  )
  const answer = { fault: null, isUnknown: false }
  const by = inForce.find(isRequired) ?? inForce[0] ?? null
  return { path: type.path, value: by?.rule.value ?? type.default(connection), by, ...answer }
}

/** The answers whose words are in an expression; none of them is: any. */
function mayAnswer({ values = [] }: PolicyType, expression: string | null): readonly PolicyAnswer[] {
  const named = values.filter((value) => expression?.includes(value))
  return named.length > 0 ? named : values
}
