import type { ControlRecord, Run } from '../model/control.ts'
import { stateLabel } from '../model/control-state.ts'
import type { Diagnosis } from '../model/diagnosis.ts'
import type { Report } from '../model/report.ts'
import type { Evidence } from '../model/verdict.ts'
import { moment, print, say, stateInColour } from './output.ts'

/** One control for people: how it stands, what to do about it, what that rests on. */
export function tellControl({
  control,
  resource,
  run,
  reports,
}: {
  control: ControlRecord
  resource: string
  run: Run | null
  reports: readonly Report[]
}): void {
  say(`${control.path} of ${resource}`)
  console.log(`${stateInColour(control.state)} since ${moment(control.since)}`)
  say(control.reason)
  if (run) {
    for (const diagnosis of run.verdict.diagnoses) tellRemedy(diagnosis)
    say(`\nThe policy says ${inWords(run.value)}. Last run ${moment(run.startedAt)}, because of: ${run.cause}.`)
    tellEvidence(run.verdict.evidence)
    tellCalls(run)
  }
  say(`\nReported on GitHub: ${reports.map(place).join(', ') || 'nowhere.'}`)
}

const inWords = (value: Run['value']): string => (typeof value === 'string' ? value : value.join(', '))

function tellRemedy({ reason, missing, remedy }: Diagnosis): void {
  say(`\n${reason}`)
  if (missing?.why) say(`  It is needed ${missing.why}.`)
  if (missing?.needed)
    say(`  Needed: ${missing.needed}. Requested: ${level(missing.requested)}. Granted: ${level(missing.granted)}.`)
  if (remedy) say(`  What to do (${remedy.who}): ${remedy.action}`)
  if (remedy?.url) say(`  ${remedy.url}`)
}

const level = (known: string | null | undefined): string =>
  known === undefined ? 'not known' : known === null ? 'nothing' : known

function tellEvidence(evidence: readonly Evidence[]): void {
  if (evidence.length === 0) return
  say('')
  print(
    {
      rows: evidence,
      columns: {
        'looked at': ({ about }) => about,
        state: ({ state }) => stateLabel[state],
        found: ({ found }) => found,
        wanted: ({ wanted }) => wanted ?? '',
      },
      empty: '',
    },
    false,
  )
}

function tellCalls({ calls }: Run): void {
  if (calls.length === 0) return
  say('\nGitHub was asked:')
  for (const { method, path, status } of calls) say(`  ${method} ${path} → ${status ?? 'no answer'}`)
}

const place = ({ kind, githubId, open }: Report): string =>
  kind === 'issue' ? `issue #${githubId}${open ? '' : ' (closed)'}` : `${kind.replace('-', ' ')} ${githubId}`
