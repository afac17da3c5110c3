import type { Connection } from '../../model/connection.ts'
import type { Means } from '../means.ts'
import { examineAddress } from './address.ts'
import { examineAuditLog } from './audit-log.ts'
import { examineBudget } from './budget.ts'
import { examineDatabase } from './database.ts'
import { examineEvents } from './events.ts'
import { examineGitHub } from './github-clock.ts'
import { pingHooks, type Waiting } from './ping.ts'
import type { Symptom } from './symptom.ts'
import { examineWork } from './work.ts'

export interface Examination {
  /** The organization; null: this server. */
  readonly of: string | null
  readonly symptoms: readonly Symptom[]
}

export interface DoctorOptions {
  readonly version: string
  /** Asks our own address. */
  readonly ask: typeof fetch
  /** Null: GitHub is asked for no ping, and so for nothing but reads. */
  readonly ping: Waiting | null
}

/** Looks at everything between GitHub and us, one part after the other. Changes nothing here or there. */
export async function* examine(
  means: Means,
  connections: readonly Connection[],
  { version, ask, ping }: DoctorOptions,
): AsyncIterable<Examination> {
  const versions: Symptom = {
    about: 'Versions',
    found: `Guardpost ${version}, Node ${process.versions.node}`,
    level: 'ok',
  }
  yield {
    of: null,
    symptoms: [
      versions,
      ...(await examineWork(means)),
      ...(await examineDatabase(means)),
      ...(await examineAddress(means.addresses, ask)),
    ],
  }
  for (const connection of connections)
    yield { of: connection.login, symptoms: await examineConnection(means, connection, ping) }
}

/** One organization as GitHub says it is now; `ping` null: without one. */
export async function examineConnection(
  means: Means,
  connection: Connection,
  ping: Waiting | null,
): Promise<Symptom[]> {
  const symptoms = [
    ...(await examineGitHub(means, connection)),
    ...(await examineEvents(means, connection)),
    ...(await examineAuditLog(means, connection)),
  ]
  if (ping) symptoms.push(...(await pingHooks(means, connection, ping)))
  const budgets = means.clients.budgets().filter(({ connectionId }) => connectionId === connection.id)
  return [...symptoms, ...examineBudget(budgets)]
}
