import { stateLabel } from '../model/control-state.ts'
import { isEmpty, type Plan, type PlannedResource } from '../model/plan.ts'
import { placeInWords } from '../model/policy-file.ts'
import type { PolicyFilesNews, PolicyFilesSaying } from '../model/policy-files-reporter.ts'
import { plain } from './markdown.ts'

/** Names that stand in one row of a table; whoever wants all of them asks the command line. */
const named = 10

type Said = Pick<PolicyFilesSaying, 'mayTellDetails' | 'news'>

/** What there is to say, as Markdown of any length. */
export function newsInWords({ news, mayTellDetails }: Said): string {
  switch (news.kind) {
    case 'applied':
      return 'The policy files are in force as they stand here.'
    case 'not-applied':
      return mayTellDetails ? plain(news.reason) : 'Not applied. Whoever runs Guardpost can see why.'
    case 'faulty':
      return `Nothing of the policy files is applied before this is mended:\n\n${faultsInWords(news)}`
    case 'untouched':
      return 'This pull request no longer changes policy files.'
    case 'plan':
      return planInWords(news.plan, mayTellDetails)
  }
}

/** The same in one line. */
export function newsInShort({ news }: Said): string {
  switch (news.kind) {
    case 'applied':
      return 'In force'
    case 'not-applied':
      return 'Not applied'
    case 'faulty':
      return news.faults.length === 1 ? 'A fault' : `${news.faults.length} faults`
    case 'untouched':
      return 'No policy files are changed'
    case 'plan':
      return isEmpty(news.plan) ? 'Nothing would change' : planInShort(news.plan)
  }
}

const faultsInWords = ({ faults }: Extract<PolicyFilesNews, { kind: 'faulty' }>): string =>
  faults.map((fault) => `- \`${placeInWords(fault).replaceAll('`', '')}\` ${plain(fault.message)}`).join('\n')

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`

const sum = (all: readonly { readonly count: number }[]): number => all.reduce((total, { count }) => total + count, 0)

function planInShort({ states, changes, otherChanges, repositories }: Plan): string {
  const moved = count(sum(states), 'state would change', 'states would change')
  const made = count(sum(changes) + otherChanges, 'change by Enforce', 'changes by Enforce')
  return `${moved}, ${made}, in ${count(repositories, 'repository', 'repositories')}`
}

/** The most comes first: what is cut off is what matters least. */
function planInWords(plan: Plan, mayTellDetails: boolean): string {
  if (isEmpty(plan)) return [`Nothing would change: ${judgedInWords(plan)}.`, ...sparedInWords(plan)].join('\n\n')
  const which = (group: { count: number; examples: readonly PlannedResource[] }) =>
    examplesInWords(group, mayTellDetails)
  const states = plan.states.map((each) => [
    each.path,
    stateLabel[each.from],
    stateLabel[each.to],
    number(each.count),
    which(each),
  ])
  const changes = plan.changes.map((each) => [
    each.path,
    each.field,
    each.before,
    each.after,
    number(each.count),
    which(each),
  ])
  return [
    `When this is merged: **${planInShort(plan)}** (${judgedInWords(plan)}).`,
    ...sparedInWords(plan),
    ...table('Changes that Enforce would make', ['Control', 'What', 'Before', 'After', 'How many', 'Which'], changes),
    ...(plan.otherChanges > 0 ? [`And ${count(plan.otherChanges, 'other change', 'other changes')}.`] : []),
    ...table('States that would change', ['Control', 'From', 'To', 'How many', 'Which'], states),
  ].join('\n\n')
}

const judgedInWords = ({ judged }: Plan): string =>
  `${count(judged, 'resource', 'resources')} judged by what is recorded now`

const sparedInWords = ({ spared }: Plan): string[] =>
  spared === null ? [] : [`Not in ${plain(spared)}: policy files say nothing of the repository that they are in.`]

const number = (value: number): string => value.toLocaleString('en-US')

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return []
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    `#### ${title}`,
    [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map(plain)))].join('\n'),
  ]
}

/** In a public repository what is private is a number. */
function examplesInWords(
  { count: all, examples }: { count: number; examples: readonly PlannedResource[] },
  mayTellAll: boolean,
): string {
  const shown = examples.filter(({ isPublic }) => isPublic || mayTellAll).slice(0, named)
  const rest = all - shown.length
  const names = shown.map(({ title }) => title).join(', ')
  if (rest === 0) return names
  return names === '' ? `${number(rest)}, not named here` : `${names} and ${number(rest)} more`
}
