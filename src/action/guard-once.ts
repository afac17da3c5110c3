import { setTimeout as sleep } from 'node:timers/promises'
import type { Guardpost } from '../compose.ts'
import { checkInstallation } from '../engine/check-installation.ts'
import { checkToken } from '../engine/check-token.ts'
import { type Finding, isRefused } from '../engine/connection-finding.ts'
import type { Connection } from '../model/connection.ts'
import type { Credential } from './inputs.ts'
import { skipEventHandlers } from './skip-event-handlers.ts'

/** The organization cannot be reached; each finding says what is wrong, and who mends it where. */
class CannotReach extends Error {
  constructor(organization: string, findings: readonly Finding[]) {
    const said = findings.filter(({ level }) => level === 'refused').map(inWords)
    super(`${organization} cannot be reached.\n${said.join('\n')}`)
  }
}

const inWords = ({ about, found, remedy }: Finding): string =>
  `${about}: ${found}${remedy ? ` What to do (${remedy.who}): ${remedy.action} ${remedy.url ?? ''}` : ''}`.trimEnd()

/** What could not be done in the time there was. */
export interface Unfinished {
  readonly what: string
  readonly why: string
}

interface Asked {
  readonly organization: string
  readonly credential: Credential
  /** In milliseconds. */
  readonly patience: number
}

/** Reads an organization, judges it and reports, once; of this organization alone, wherever else the App is installed. */
export async function guardOnce(
  guardpost: Guardpost,
  { organization, credential, patience }: Asked,
  say: (line: string) => void,
): Promise<{ connection: Connection; findings: readonly Finding[]; unfinished: readonly Unfinished[] }> {
  const { means, engine } = guardpost
  const checked =
    credential.kind === 'token'
      ? await checkToken(means, organization, credential.token)
      : await checkInstallation(means, organization)
  if (!checked.wanted || isRefused(checked)) throw new CannotReach(organization, checked.findings)
  await skipEventHandlers(means)
  const { connection } = await engine.connect(checked.wanted, null)
  const unfinished = await work(guardpost, means.clock() + patience, say)
  const findings = checked.findings.filter(({ level }) => level === 'warning')
  return { connection, findings, unfinished }
}

/** Works until nothing is left but what is for later by its own nature: rhythms, and looking again. */
async function work(
  { means: { store, clock }, engine }: Guardpost,
  until: number,
  say: (line: string) => void,
): Promise<Unfinished[]> {
  for (;;) {
    await engine.idle()
    const putOff = (await store.jobs.list('queued', many)).filter(({ error }) => error !== null)
    const parked = (await store.jobs.parked()).map(({ kind, error }) => ({ what: kind, why: error }))
    const next = Math.min(...putOff.map(({ runAt }) => runAt))
    if (putOff.length === 0) return parked
    if (next > until) return [...putOff.map(({ kind, error }) => ({ what: kind, why: error ?? '' })), ...parked]
    const [first] = putOff
    say(`${putOff.length} left; going on at ${new Date(next).toISOString()}: ${first?.error}`)
    await sleep(Math.max(0, next - clock()))
  }
}

const many = 1_000_000
