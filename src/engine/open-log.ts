import type { Connection } from '../model/connection.ts'
import type { LogEntry, LogScope } from '../model/delivery-log.ts'
import { type Answer, background, Refusal } from '../model/github.ts'
import { appHookId } from '../model/hook.ts'
import type { PagedLog } from './follow-log.ts'
import type { Means } from './means.ts'

/** A log that may be read now, and whom it concerns. */
export interface OpenLog extends PagedLog {
  readonly connections: readonly Connection[]
  /** What of the log is whose. */
  readonly scopes: readonly LogScope[]
  /** What was sent; null where GitHub no longer shows it, whether because it is gone or because it never kept it. */
  payload(githubId: LogEntry['githubId']): Promise<unknown>
  /** As far as the answers told so far. */
  readonly isEnterpriseServer: () => boolean
}

/** The log of a hook, if it may be read. `not now`: nobody may; a read of the connection begins it again. `gone`: not our hook. */
export const openLog = (means: Means, hookId: string): Promise<OpenLog | 'not now' | 'gone'> =>
  hookId === appHookId ? appLog(means) : organizationHookLog(means, hookId)

/** The log of the App's hook, which spans all its installations: read once for all. */
async function appLog({ store, clients }: Means): Promise<OpenLog | 'not now'> {
  const connections = (await store.connections.list()).filter(
    ({ kind, status }) => kind === 'app' && status === 'active',
  )
  const app = clients.forApp(background('delivery log'))
  if (!app || connections.length === 0) return 'not now'
  return {
    ...pagesOf((page) => app.get('GET /app/hook/deliveries', page)),
    connections,
    scopes: connections.map(({ id, installationId, createdAt }) => ({
      connectionId: id,
      installationId,
      since: createdAt,
    })),
    payload: (githubId) =>
      payloadIn(app.get('GET /app/hook/deliveries/{delivery_id}', { delivery_id: idOf(githubId) })),
  }
}

async function organizationHookLog({ store, clients }: Means, hookId: string): Promise<OpenLog | 'not now' | 'gone'> {
  const hook = (await store.hooks.find(hookId))?.hook
  if (!hook) return 'gone'
  const connection = await store.connections.get(hook.connectionId)
  if (connection?.status !== 'active' || hook.githubId === null) return 'not now'
  const github = await clients.readerFor(connection, background('delivery log'))
  if (!github) return 'not now'
  const place = { org: connection.login, hook_id: hook.githubId }
  return {
    ...pagesOf((page) => github.get('GET /orgs/{org}/hooks/{hook_id}/deliveries', { ...place, ...page })),
    connections: [connection],
    scopes: [{ connectionId: connection.id, installationId: null, since: hook.createdAt }],
    payload: (githubId) =>
      payloadIn(
        github.get('GET /orgs/{org}/hooks/{hook_id}/deliveries/{delivery_id}', {
          ...place,
          delivery_id: idOf(githubId),
        }),
      ),
  }
}

/** The address takes a bigint as well as a number; only the type of the parameter does not say so. */
const idOf = (githubId: LogEntry['githubId']): number => githubId as number

/** Not to be found, or not to be shown: no other time will do better. */
const gone = new Set([404, 410, 422])

async function payloadIn(asked: Promise<Answer<{ request?: { payload?: unknown } | null }>>): Promise<unknown> {
  try {
    return (await asked).data.request?.payload ?? null
  } catch (error) {
    if (error instanceof Refusal && error.retryAt === null && gone.has(error.status ?? 0)) return null
    throw error
  }
}

interface ApiDelivery {
  /** A 64-bit integer, of which JSON in JavaScript keeps 53 bits. */
  id: number | bigint
  guid: string
  delivered_at: string
  redelivery: boolean
  status: string
  status_code: number
  event: string
  action: string | null
  installation_id: number | bigint | null
  repository_id: number | bigint | null
  throttled_at?: string | null
}

function pagesOf(
  get: (page: { per_page: number; cursor?: string }) => Promise<Answer<readonly ApiDelivery[]>>,
): Pick<OpenLog, 'isEnterpriseServer' | 'page'> {
  let isEnterpriseServer = false
  return {
    isEnterpriseServer: () => isEnterpriseServer,
    async page(cursor) {
      const { data, headers } = await get({ per_page: 100, ...(cursor !== null && { cursor }) })
      isEnterpriseServer = headers['x-github-enterprise-version'] !== undefined
      return { entries: data.map(fromApi), next: nextCursor(headers.link) }
    },
  }
}

const fromApi = (said: ApiDelivery): LogEntry => ({
  githubId: said.id,
  guid: said.guid,
  deliveredAt: Date.parse(said.delivered_at),
  status: said.status,
  statusCode: said.status_code,
  event: said.event,
  action: said.action,
  installationId: said.installation_id === null ? null : Number(said.installation_id),
  repositoryId: said.repository_id === null ? null : Number(said.repository_id),
  throttledAt: said.throttled_at ? Date.parse(said.throttled_at) : null,
  redelivery: said.redelivery,
})

/** The cursor of `Link: <…>; rel="next"`; the rest of the address is not followed. */
function nextCursor(link: string | undefined): string | null {
  const [, url] = /<([^>]*)>;\s*rel="next"/.exec(link ?? '') ?? []
  return URL.parse(url ?? '')?.searchParams.get('cursor') ?? null
}
