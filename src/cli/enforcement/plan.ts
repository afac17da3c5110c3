import { userInfo } from 'node:os'
import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import type { Guardpost } from '../../compose.ts'
import { confirmPlan, type FirstPlan, NotConfirmed, planOf } from '../../engine/enforcement/plan.ts'
import type { Connection } from '../../model/connection.ts'
import { connectionsOf, UsedWrongly, withGuardpost } from '../opened.ts'
import { jsonOption } from '../options.ts'
import { print, printJson, say } from '../output.ts'
import { onOption } from './on-option.ts'
import { columns, type HeldRow, named } from './waiting.ts'

interface Options {
  readonly on: string
  readonly json?: boolean
}

/** `guardpost enforcement plan`: what the first Enforce on an organization would change. */
export const planCommand = (): Command =>
  new Command('plan')
    .description('Shows what the first Enforce on an organization would change, before → after.')
    .addOption(onOption().makeOptionMandatory())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost enforcement plan --on acme')
    .action(({ on, json }: Options) =>
      withGuardpost(async (guardpost) => {
        const plans = await plansOf(guardpost, on)
        if (json) printJson(plans.map(({ plan: { digest, toCome }, rows }) => ({ plan: digest, toCome, items: rows })))
        else for (const each of plans) show(each)
      }),
    )

/** `guardpost enforcement confirm`. */
export const confirmCommand = (): Command =>
  new Command('confirm')
    .description('Confirms that plan: what it holds is enforced, and what is asked of the organization from now on.')
    .addOption(onOption().makeOptionMandatory())
    .option('--plan <name>', 'as `guardpost enforcement plan` names it, in place of an answer: for programs')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  guardpost enforcement confirm --on acme')
    .action(confirm)

interface Planned {
  readonly connection: Connection
  readonly plan: FirstPlan
  readonly rows: readonly HeldRow[]
}

async function plansOf(guardpost: Guardpost, on: string): Promise<Planned[]> {
  const { store, clock } = guardpost.means
  return Promise.all(
    (await connectionsOf(guardpost, on)).map(async (connection) => {
      const plan = await planOf(store, connection.id, clock())
      return { connection, plan, rows: await named(store, plan.items) }
    }),
  )
}

function show({ connection, plan, rows }: Planned): void {
  const { reason: _, ...shown } = columns
  print({ rows, columns: shown, empty: `No plan of ${connection.login} waits to be confirmed.` }, false)
  if (rows.length > 0)
    say(
      `${rows.length} in all. This is plan ${plan.digest}: \`guardpost enforcement confirm --on ${connection.login}\` confirms it.`,
    )
  if (plan.toCome > 0) say(`It may grow: ${plan.toCome} controls are still to be judged.`)
}

async function confirm({ on, plan: name, json }: Options & { plan?: string }): Promise<void> {
  await withGuardpost(async (guardpost) => {
    const planned = (await plansOf(guardpost, on)).filter(({ rows }) => rows.length > 0)
    if (planned.length === 0) throw new UsedWrongly(`No plan of ${on} waits to be confirmed.`)
    let count = 0
    for (const each of planned) {
      if (name === undefined) await ask(each)
      count += await confirmed(guardpost, each.connection, name ?? each.plan.digest)
    }
    if (json) printJson({ on, confirmed: count })
    else
      say(
        `Confirmed: ${count} are enforced now if Guardpost is running. \`guardpost enforcement\` shows how far it is.`,
      )
  })
}

async function ask(planned: Planned): Promise<void> {
  if (!process.stdin.isTTY) throw new UsedWrongly('Nobody is there to answer: say --plan with the name of the plan.')
  show(planned)
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await asking.question('Confirm it? Type yes: ').finally(() => asking.close())
  if (answer.trim().toLowerCase() !== 'yes') throw new UsedWrongly('Nothing was confirmed.')
}

async function confirmed({ means }: Guardpost, { id }: Connection, digest: string): Promise<number> {
  try {
    return await confirmPlan(means, id, { digest, by: userInfo().username })
  } catch (error) {
    if (error instanceof NotConfirmed) throw new UsedWrongly(`${error.message} Nothing was confirmed.`)
    throw error
  }
}
