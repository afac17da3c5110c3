import { type EnforcementOverview, enforcementOverview } from '../../engine/enforcement/overview.ts'
import { readPolicyChange } from '../../engine/enforcement/policy-change.ts'
import type { HoldKind } from '../../model/enforcement.ts'
import { connectionsOf, withGuardpost } from '../opened.ts'
import { moment, printJson, say } from '../output.ts'

/** `guardpost enforcement list`. */
export async function list({ organization, json }: { organization?: string; json?: boolean }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const all: EnforcementOverview[] = []
    for (const connection of await connectionsOf(guardpost, organization))
      all.push(await enforcementOverview(guardpost.means, connection))
    if (json)
      printJson(
        all.map(({ connection: { id, login, kind }, ...rest }) => ({ connection: { id, login, kind }, ...rest })),
      )
    else if (all.length === 0) say('No organization is connected yet.')
    else for (const each of all) tell(each)
  })
}

function tell({ connection, stopped, confirmed, held, made, madeWithinHour, toCome }: EnforcementOverview): void {
  const { login } = connection
  if (stopped) {
    const where = stopped.connectionId === null ? 'with all others' : 'by itself'
    say(`${login}: stopped ${where} by ${stopped.by} at ${moment(stopped.at)}${stopped.why ? `: ${stopped.why}` : ''}.`)
  } else say(`${login}: enforcement goes on; ${madeWithinHour} changes within the hour, ${toCome} controls to come.`)
  if (confirmed) say(`  Its first plan was confirmed by ${confirmed.by} at ${moment(confirmed.at)}.`)
  for (const { change, count } of made) say(`  ${policyOf(change)}: ${count} changed within a week.`)
  for (const { kind, change, count, until } of held) {
    const end = until === null ? '' : `, the first until ${moment(until)}`
    say(`  ${policyOf(change)}: ${count} ${count === 1 ? 'waits' : 'wait'} ${waitsFor[kind](login)}${end}.`)
  }
}

function policyOf(change: string): string {
  const { path, at } = readPolicyChange(change)
  return at === null ? `${path}, by default` : `${path}, as set at ${moment(at)}`
}

const waitsFor: Readonly<Record<HoldKind, (login: string) => string>> = {
  stopped: () => 'until somebody lets enforcement go on (`guardpost enforcement resume`)',
  permission: () => 'for a permission that is not granted (`guardpost enforcement waiting --kind permission`)',
  'first-plan': (login) => `for the first plan to be confirmed (\`guardpost enforcement plan --on ${login}\`)`,
  window: () => 'for a change window',
  'policy-change-cap': (login) => `to be released (\`guardpost enforcement release --on ${login}\`)`,
  'hour-cap': (login) => `for the hour to have room (or \`guardpost enforcement release --on ${login}\`)`,
  'backing-off': () => 'because others change it back (`guardpost enforcement waiting --kind backing-off`)',
  refused: () => 'because GitHub refused it (`guardpost enforcement waiting --kind refused`)',
}
