import { type Connection, isLeaving } from '../model/connection.ts'
import type { NewJob } from '../model/job.ts'
import type { FieldChange, Resource } from '../model/resource.ts'
import type { Store } from '../model/store.ts'
import { blockedUsers, blockedUsersNodeId } from '../resources/blocked-users.ts'
import { type ConnectionData, connection as connectionType } from '../resources/connection.ts'
import { organization as organizationType } from '../resources/organization.ts'
import { policyFiles } from '../resources/policy-files.ts'
import { wake } from './enforcement/wake.ts'
import { logsOf } from './hook-logs.ts'
import { auditLogJob, discoverJob, logJob, logRhythm, readJob } from './jobs.ts'
import { policyFilesRead } from './policy-files/read.ts'
import type { Sighted } from './sighted.ts'

/** Fields of a connection that, once changed, let us see more or other things than before. */
const opensView = new Set<string>(['status', 'granted', 'repositorySelection', 'login'])

/** What follows for us when the connection, or the organization itself, is no longer what it was. */
export async function consequencesOf(
  store: Store,
  connection: Connection,
  resource: Resource,
  changes: readonly FieldChange[],
  sighted: Sighted,
): Promise<void> {
  if (resource.type === connectionType.type)
    await followConnection(store, connection, resource as unknown as Resource<ConnectionData>, changes, sighted)
  if (resource.type === policyFiles.type && sighted.source !== 'enforcement')
    await store.jobs.enqueue(await policyFilesRead(store, connection, changes, sighted.at))
  // People have logins too.
  if (resource.type !== connectionType.type && resource.type !== organizationType.type) return
  if (changes.some(({ field }) => field === 'planName') && !isLeaving(connection)) {
    await store.jobs.enqueue([auditLogJob(connection.id, sighted.at)])
    await wake(store, connection.id, { kinds: ['refused'] }, 'plan changed', sighted.at)
  }
  const login = changes.find(({ field }) => field === 'login')?.after
  if (typeof login === 'string' && login !== connection.login) {
    await store.connections.setLogin(connection.id, login)
    await store.jobs.enqueue(everything(connection, 'renamed organization', sighted))
  }
}

async function followConnection(
  store: Store,
  connection: Connection,
  { data, goneAt, sightings }: Resource<ConnectionData>,
  changes: readonly FieldChange[],
  sighted: Sighted,
): Promise<void> {
  const status = goneAt ? 'uninstalled' : (data.status ?? 'active')
  if (status !== connection.status) await store.connections.setStatus(connection.id, status)
  await forgetHooks(store, connection, { data, sightings }, sighted)
  for (const hook of data.hooks ?? [])
    if (hook.ourId) {
      await store.hooks.setGitHubId(connection.id, hook.ourId, hook.githubId)
      if (data.proofs?.some(({ ourId, isProved }) => isProved && ourId === hook.ourId))
        await store.hooks.setPing(connection.id, hook.ourId, { provedFor: hook.updatedAt })
    }
  if (isLeaving(connection)) return
  if (status === 'active') await store.jobs.enqueue(await readings(store, connection, sighted.at))
  // Leave to write may be among what was granted.
  if (status === 'active' && changes.some(({ field }) => field === 'granted'))
    await wake(store, connection.id, { kinds: ['permission', 'refused'] }, 'access changed', sighted.at)
  const isOpened = changes.some(({ field, before }) => before !== undefined && opensView.has(field))
  if (status === 'active' && isOpened)
    await store.jobs.enqueue([
      ...everything(connection, 'access changed', sighted),
      auditLogJob(connection.id, sighted.at),
    ])
}

/** A webhook that was made so short a time ago may be missing from what GitHub lists; in milliseconds. */
const lag = 60_000

/** What GitHub does not list among the webhooks of the organization was deleted there, or never made. */
async function forgetHooks(
  store: Store,
  connection: Connection,
  { data, sightings }: Pick<Resource<ConnectionData>, 'data' | 'sightings'>,
  { at }: Sighted,
): Promise<void> {
  if (!data.hooks || sightings.hooks?.at !== at) return
  const listed = new Set(data.hooks.map(({ ourId }) => ourId))
  for (const { id, createdAt, ping } of await store.hooks.list(connection.id)) {
    if (listed.has(id) || Math.max(createdAt, ping.askedAt ?? 0) > at - lag) continue
    await store.hooks.remove(connection.id, id)
    await store.deliveryLog.forget(id)
  }
}

function everything(connection: Connection, why: string, { at, cause }: Sighted): NewJob[] {
  return [
    readJob(connection.id, organizationType, connection.organizationNodeId, { ...cause, why }, at),
    readJob(connection.id, blockedUsers, blockedUsersNodeId(connection.organizationNodeId), { ...cause, why }, at),
    discoverJob(connection.id, why, at),
  ]
}

/** Every log goes on being read, and one that never was is read at once. */
async function readings(store: Store, connection: Connection, at: number): Promise<NewJob[]> {
  return Promise.all(
    (await logsOf(store, connection)).map(async ({ hookId, connectionId }) =>
      logJob(hookId, connectionId, (await store.deliveryLog.reading(hookId)) ? at + logRhythm : at),
    ),
  )
}
