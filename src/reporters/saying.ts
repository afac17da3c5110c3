import { createHash } from 'node:crypto'
import { stateLabel } from '../model/control-state.ts'
import type { Diagnosis } from '../model/diagnosis.ts'
import type { Saying } from '../model/reporter.ts'
import type { Evidence } from '../model/verdict.ts'
import { cut, link, plain } from './markdown.ts'

/** One line of a control: its state and why; in a public repository the state alone. */
export function headline({ control, place }: Saying): string {
  return place.mayTellDetails ? `${stateLabel[control.state]}: ${control.reason}` : stateLabel[control.state]
}

/** All there is to tell of a control here, as Markdown that fits GitHub's limit. */
export function details(saying: Saying): string {
  const { control, run, page, place, type } = saying
  if (!place.mayTellDetails) {
    const where = page ? link('See the control', page) : 'Whoever runs Guardpost can see why.'
    return `**${stateLabel[control.state]}**. This repository is public, so no more is told here. ${where}`
  }
  const { verdict } = run
  return cut(
    [
      `**${stateLabel[control.state]}**: ${plain(control.reason)}`,
      ...verdict.diagnoses.map(remedy),
      ...(control.state === 'alarm' ? [plain(type.advice)] : []),
      ...table(verdict.evidence.filter(({ volatile }) => !volatile)),
      ...(page ? [link('See the control', page)] : []),
    ].join('\n\n'),
  )
}

/** What is missing, what for, and what to do about it where. */
function remedy({ reason, missing, remedy: mend }: Diagnosis): string {
  const levels = missing?.needed
    ? [`needed: \`${missing.needed}\``, `requested: ${level(missing.requested)}`, `granted: ${level(missing.granted)}`]
    : []
  const where = mend?.url ? ` ${link('Open the page', mend.url)}.` : ''
  return [
    `### ${plain(reason)}`,
    ...(missing?.why ? [`It is needed ${plain(missing.why)}.`] : []),
    ...(levels.length > 0 ? [`${plain(`\`${missing?.key}\``)}: ${levels.join(', ')}.`] : []),
    ...(mend ? [`**What to do** (${plain(mend.who)}): ${plain(mend.action)}${where}`] : []),
  ].join('\n\n')
}

const level = (known: string | null | undefined): string =>
  known === undefined ? 'not known' : known === null ? 'nothing' : `\`${known}\``

/** Times of day are left to the control's own page: they would make a new report of every look. */
function table(evidence: readonly Evidence[]): string[] {
  if (evidence.length === 0) return []
  const rows = evidence.map(
    ({ about, found, wanted, state }) =>
      `| ${[about, found, wanted ?? '', stateLabel[state]].map(plain).join(' | ')} |`,
  )
  return [['| Looked at | Found | Wanted | |', '|---|---|---|---|', ...rows].join('\n')]
}

/** What tells two reports apart: the same hash, nothing to write. */
export const hashOf = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex')
