import type { Connection, NewConnection } from '../model/connection.ts'
import { live, Refusal } from '../model/github.ts'
import type { Job } from '../model/job.ts'
import { connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { auditLogJob, because, discoverJob, readJob } from './jobs.ts'
import type { Means } from './means.ts'
import { organizationControls } from './organization-controls.ts'
import { ownNodes } from './own-nodes.ts'

interface Installation {
  id: number
  account: { id?: number; node_id?: string; login?: string; type?: string } | null
}

/** Connects an installation as GitHub has it now, or all of them; a message about one only prompts this look. */
export async function connectInstallations(means: Means, { payload }: Job): Promise<void> {
  const { installationId, why } = payload as { installationId: number | null; why: string }
  const app = means.clients.forApp(live('connect'))
  if (!app) return
  if (installationId !== null) {
    const data = await app
      .get('GET /app/installations/{installation_id}', { installation_id: installationId })
      .then((answer) => answer.data)
      .catch((error: unknown) => {
        if (error instanceof Refusal && error.status === 404) return null
        throw error
      })
    return data ? connectInstallation(means, data as Installation, why) : readAgain(means, installationId, why)
  }
  const seen = new Set<number>()
  for await (const page of app.pages('GET /app/installations', {}, (data) => data))
    for (const installation of page) {
      seen.add(installation.id)
      await connectInstallation(means, installation as Installation, why)
    }
  for (const { kind, status, installationId: id } of await means.store.connections.list())
    if (kind === 'app' && (status === 'active' || status === 'suspended') && id !== null && !seen.has(id))
      await readAgain(means, id, why)
}

async function connectInstallation(means: Means, { id, account }: Installation, why: string): Promise<void> {
  if (account?.type !== 'Organization' || !account.id || !account.node_id || !account.login) {
    means.log.info(
      { installation: id },
      'An installation on a personal account is left alone: Guardpost guards organizations',
    )
    return
  }
  const wanted = {
    kind: 'app',
    organizationId: account.id,
    organizationNodeId: account.node_id,
    login: account.login,
    installationId: id,
  } as const
  await means.store.transaction(async (tx) => {
    const known = await tx.connections.byOrganization('app', account.id ?? 0)
    if (known && staysRemoved(known, id))
      return means.log.debug({ connection: known.id, installation: id }, 'Left alone: it was removed here')
    await connect({ ...means, store: tx }, wanted, why)
  })
}

/** Who had it removed does not want it back because the App is still there; but who installs the App anew does. */
const staysRemoved = ({ status, installationId }: Connection, id: number): boolean =>
  status === 'removing' || (status === 'removed' && installationId === id)

/** Makes the connection (or takes it up again), its first resources, and everything that is to be learnt of it. */
async function connect({ store, clock, log }: Means, wanted: NewConnection, why: string): Promise<Connection> {
  const now = clock()
  const connection = await store.transaction(async (tx) => {
    const known = await tx.connections.byOrganization(wanted.kind, wanted.organizationId)
    const isAsBefore = known?.status === 'active' && known.installationId === wanted.installationId
    const saved = await tx.connections.save(wanted, now)
    await tx.jobs.enqueue(await ownNodes(tx, saved, why, now))
    // A start discovers by itself what it knows of, when the events that were lost meanwhile are in.
    if (!(isAsBefore && why === 'start'))
      await tx.jobs.enqueue([discoverJob(saved.id, why, now), auditLogJob(saved.id, now)])
    await tx.jobs.enqueue(await organizationControls(tx, saved, why, now))
    return saved
  })
  log.info({ connection: connection.id, organization: connection.login, why }, 'Connected')
  return connection
}

/** A connection that a person may not have just now; the message says what to do. */
export class WrongConnection extends Error {}

/**
 * Keeps a connection that was checked, as a person asks: with its token, or (null) the App's installation. A token there was
 * before is replaced.
 */
export async function keepConnection(
  means: Means,
  wanted: NewConnection,
  token: string | null,
): Promise<{ connection: Connection; replaced: boolean }> {
  // At once: jobs that found no token would judge what they cannot read.
  const kept = await means.store.transaction(async (tx) => {
    const known = await tx.connections.byOrganization(wanted.kind, wanted.organizationId)
    if (known?.status === 'removing')
      throw new WrongConnection(
        `${known.login} is being removed. Let that end first: \`guardpost remove ${known.login}\` goes on with it.`,
      )
    const connection = await connect({ ...means, store: tx }, wanted, 'connected')
    if (token !== null) await tx.connections.setToken(connection.id, token)
    return { connection, replaced: known !== null && known.status !== 'removed' }
  })
  // What is remembered of the credential before (whose name it bears, say) is of no use now.
  means.clients.renew(kept.connection)
  return kept
}

async function readAgain({ store, clock }: Means, installationId: number, why: string): Promise<void> {
  const connection = await store.connections.byInstallation(installationId)
  if (!connection) return
  const nodeId = connectionNodeId(connection.organizationNodeId)
  await store.jobs.enqueue([readJob(connection.id, connectionType, nodeId, because(why), clock())])
}
