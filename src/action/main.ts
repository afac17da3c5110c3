import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { info, setFailed, setOutput, summary } from '@actions/core'
import { run } from '@probot/adapter-github-actions'
import { compose, type Guardpost } from '../compose.ts'
import { gatherControls } from '../engine/controls-report/gather.ts'
import { sarifOf } from '../engine/controls-report/sarif.ts'
import { configOf } from './environment.ts'
import { guardOnce } from './guard-once.ts'
import { type Inputs, readInputs } from './inputs.ts'
import { outcomeOf } from './outcome.ts'
import { runnerLog } from './runner-log.ts'
import { summaryOf } from './summary.ts'
import { refusePublic } from './visibility.ts'

/**
 * The Action: guards the organization once, and says how it stands. The adapter swallows what its handler throws and does
 * nothing where something is missing, so a run that did not come to its end has failed.
 */
async function main(): Promise<void> {
  let hasEnded = false
  try {
    const inputs = readInputs(process.env)
    await run((app) => {
      app.onAny(async () => {
        await guard(inputs).catch(fail)
        hasEnded = true
      })
    })
    if (!hasEnded) throw new Error('The run did not come to its end: what is above says why.')
  } catch (reason) {
    fail(reason)
  }
}

const fail = (reason: unknown): void => setFailed(reason instanceof Error ? reason.message : String(reason))

async function guard(inputs: Inputs): Promise<void> {
  await mkdir(inputs.stateFolder, { recursive: true })
  const guardpost = await open(inputs)
  try {
    await refusePublic(guardpost, inputs)
    const { connection, findings, unfinished } = await guardOnce(guardpost, inputs, info)
    const controls = await gatherControls(guardpost.means.store, [connection], guardpost.means.clock())
    const outcome = outcomeOf(controls, unfinished, inputs.failOn)
    await mkdir(dirname(inputs.sarifFile), { recursive: true })
    await writeFile(inputs.sarifFile, `${JSON.stringify(sarifOf(controls, guardpost.version), null, 2)}\n`)
    await summary.addRaw(summaryOf({ organization: connection.login, controls, outcome, findings, unfinished })).write()
    for (const [name, value] of Object.entries({ ...outcome.counts, state: outcome.state, sarif: inputs.sarifFile }))
      setOutput(name, value)
    if (outcome.failure) setFailed(outcome.failure)
  } finally {
    await guardpost.close()
  }
}

/** A state that does not open (made with another credential, or by a newer Guardpost) is begun anew. */
async function open(inputs: Inputs): Promise<Guardpost> {
  const config = configOf(inputs)
  const log = runnerLog(config.logLevel)
  try {
    return await compose(config, log)
  } catch (reason) {
    info(`The state that was kept is begun anew: ${reason instanceof Error ? reason.message : reason}`)
    await rm(inputs.stateFolder, { recursive: true, force: true })
    await mkdir(inputs.stateFolder, { recursive: true })
    return compose(config, log)
  }
}

await main()
