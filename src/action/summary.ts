import type { Finding } from '../engine/connection-finding.ts'
import type { ReportedControl } from '../engine/controls-report/gather.ts'
import { stateLabel, worstFirst } from '../model/control-state.ts'
import { cut, link, plain } from '../reporters/markdown.ts'
import type { Unfinished } from './guard-once.ts'
import type { Outcome } from './outcome.ts'

/** GitHub takes 1 MiB for each step. https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const summaryLimit = 1_000_000
/** Beyond so many rows nobody reads on: the SARIF file has them all. */
const mostRows = 500

interface Told {
  readonly organization: string
  readonly controls: readonly ReportedControl[]
  readonly outcome: Outcome
  readonly findings: readonly Finding[]
  readonly unfinished: readonly Unfinished[]
}

/** The run's page: how many are in which state, what is wrong, and what could not be seen. Markdown. */
export function summaryOf({ organization, controls, outcome, findings, unfinished }: Told): string {
  const wanting = controls.filter(({ state, mute }) => mute === null && state !== 'ok' && state !== 'skipped')
  const muted = controls.filter(({ mute }) => mute !== null).length
  return cut(
    [
      `## Guardpost: ${plain(organization)}`,
      countLine(outcome, muted),
      ...(unfinished.length > 0 ? [section('Not done', unfinished.map(unfinishedLine))] : []),
      ...(findings.length > 0 ? [section('What cannot be seen', findings.map(findingLine))] : []),
      ...(wanting.length > 0 ? [table(wanting.slice(0, mostRows))] : ['Nothing is wanting.']),
      ...(wanting.length > mostRows ? [`…and ${wanting.length - mostRows} more: the SARIF file has them all.`] : []),
      '',
    ].join('\n\n'),
    summaryLimit,
  )
}

function countLine({ counts }: Outcome, muted: number): string {
  const shown = worstFirst.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${stateLabel[state]}`)
  return `**${shown.join(' · ') || 'No control'}**${muted > 0 ? `, and ${muted} muted` : ''}`
}

const section = (title: string, lines: readonly string[]): string => `### ${title}\n\n${lines.join('\n')}`

const unfinishedLine = ({ what, why }: Unfinished): string => `- ${what}: ${plain(why)}`

function findingLine({ about, found, remedy }: Finding): string {
  const said = `- ${plain(about)}: ${plain(found)}`
  if (!remedy) return said
  const where = remedy.url ? ` (${link('where', remedy.url)})` : ''
  return `${said} What to do, by ${plain(remedy.who)}: ${plain(remedy.action)}${where}`
}

const table = (controls: readonly ReportedControl[]): string =>
  ['| State | Control | Resource | Why |', '| --- | --- | --- | --- |', ...controls.map(row)].join('\n')

function row({ state, path, resource, reason }: ReportedControl): string {
  const title = resource.url ? link(resource.title, resource.url) : plain(resource.title)
  return `| ${stateLabel[state]} | ${plain(path)} | ${title} | ${plain(reason)} |`
}
