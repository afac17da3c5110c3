import { Command } from 'commander'
import type { Guardpost } from '../compose.ts'
import { planOf } from '../engine/plan/plan.ts'
import { knownToFiles } from '../engine/policy-files/known.ts'
import { proposed } from '../engine/policy-files/proposed.ts'
import { wantedOf } from '../engine/policy-files/wanted.ts'
import { policyPlace } from '../engine/policy-place.ts'
import type { Connection } from '../model/connection.ts'
import { stateLabel } from '../model/control-state.ts'
import { isEmpty, type Plan, type PlannedChanges, type PlannedStates } from '../model/plan.ts'
import { placeInWords } from '../model/policy-file.ts'
import { FaultyFiles, parsePolicyFiles } from '../policies/files/parse.ts'
import { organization } from '../resources/organization.ts'
import { connectionsOf, UsedWrongly, withGuardpost } from './opened.ts'
import { jsonOption } from './options.ts'
import { complain, print, printJson, say } from './output.ts'
import { readPolicyFolder } from './plan/read-policy-folder.ts'

interface Options {
  readonly on?: string
  readonly json?: boolean
}

/** `guardpost plan`: what would follow from policy files. */
export const plan = (): Command =>
  new Command('plan')
    .argument('<folder>', 'where guardpost.yml and guardpost/*.yml are')
    .description(
      'Shows what would follow from policy files, by what is recorded; changes nothing and asks GitHub nothing.',
    )
    .option('--on <login>', 'the organization that they are for; need not be said where only one is connected')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExit status: 0 they can be followed, 1 they have faults, 2 used wrongly.\n\nExamples:\n  guardpost plan .\n  guardpost plan ../policies --on acme --json',
    )
    .action(show)

async function show(folder: string, { on, json }: Options): Promise<void> {
  const files = readPolicyFolder(folder)
  await withGuardpost(async (guardpost) => {
    const connection = await oneConnection(guardpost, on)
    try {
      const planned = await planFrom(guardpost, connection, files)
      if (json) printJson(planned)
      else tell(planned)
    } catch (error) {
      if (!(error instanceof FaultyFiles)) throw error
      process.exitCode = 1
      if (json) printJson({ faults: error.faults })
      else for (const fault of error.faults) complain(`${placeInWords(fault)}: ${fault.message}`)
    }
  })
}

async function oneConnection(guardpost: Guardpost, on: string | undefined): Promise<Connection> {
  const [first, ...others] = await connectionsOf(guardpost, on)
  if (!first) throw new UsedWrongly('No organization is connected yet. `guardpost connect` connects one.')
  const logins = new Set([first, ...others].map(({ login }) => login))
  if (logins.size > 1) throw new UsedWrongly(`Say which organization by --on: ${[...logins].join(', ')}.`)
  return first
}

async function planFrom(
  { means }: Guardpost,
  connection: Connection,
  files: Parameters<typeof parsePolicyFiles>[0],
): Promise<Plan> {
  const { store, clock } = means
  const root = await store.resources.byNodeId(connection.id, organization.type, connection.organizationNodeId)
  if (!root) throw new UsedWrongly(`${connection.login} has not been read yet. \`guardpost start\` reads it.`)
  const place = await policyPlace(store, connection, clock())
  const said = parsePolicyFiles(files, knownToFiles(place?.name ?? null))
  const wanted = await wantedOf(store, connection, root, said, { from: 'a plan', mayTellDetails: true })
  const before = await store.policies.governing(connection.id)
  return planOf(means, connection, { before, after: proposed(before, wanted, connection.id) }, clock())
}

function tell(plan: Plan): void {
  const { states, changes, otherChanges, repositories, spared, judged } = plan
  if (isEmpty(plan)) say('Nothing would change.')
  say(`Repositories concerned: ${repositories}. Resources judged, by what is recorded now: ${judged}.`)
  if (spared !== null) say(`Not in ${spared}: policy files say nothing of the repository that they are in.`)
  if (changes.length > 0) {
    say('\nChanges that Enforce would make:')
    print({ rows: changes, columns: changeColumns, empty: '' }, false)
  }
  if (otherChanges > 0) say(`And ${otherChanges} other changes.`)
  if (states.length > 0) {
    say('\nStates that would change:')
    print({ rows: states, columns: stateColumns, empty: '' }, false)
  }
}

const changeColumns = {
  control: ({ path }: PlannedChanges) => path,
  what: ({ field }: PlannedChanges) => field,
  before: ({ before }: PlannedChanges) => before,
  after: ({ after }: PlannedChanges) => after,
  count: ({ count }: PlannedChanges) => String(count),
  which,
}

const stateColumns = {
  control: ({ path }: PlannedStates) => path,
  from: ({ from }: PlannedStates) => stateLabel[from],
  to: ({ to }: PlannedStates) => stateLabel[to],
  count: ({ count }: PlannedStates) => String(count),
  which,
}

/** Names that stand in one row; with `--json` there are more. */
const named = 3

function which({ count, examples }: PlannedStates | PlannedChanges): string {
  const names = examples.slice(0, named).map(({ title }) => title)
  const rest = count - names.length
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ')
}
