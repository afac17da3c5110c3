import type { Connection } from '../model/connection.ts'
import type { LogEntry } from '../model/delivery-log.ts'
import { type Answer, background } from '../model/github.ts'
import { appHookId } from '../model/hook.ts'
import type { PagedLog } from './follow-log.ts'
import type { Means } from './means.ts'

/** A log that may be read now, and whom it concerns. */
export interface OpenLog extends PagedLog {
  readonly connections: readonly Connection[]
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
  return pagesOf(connections, (page) => app.get('GET /app/hook/deliveries', page))
}

async function organizationHookLog({ store, clients }: Means, hookId: string): Promise<OpenLog | 'not now' | 'gone'> {
  const hook = (await store.hooks.find(hookId))?.hook
  if (!hook) return 'gone'
  const connection = await store.connections.get(hook.connectionId)
  if (connection?.status !== 'active' || hook.githubId === null) return 'not now'
  const github = await clients.forConnection(connection, background('delivery log'))
  if (!github) return 'not now'
  const place = { org: connection.login, hook_id: hook.githubId }
  return pagesOf([connection], (page) =>
    github.get('GET /orgs/{org}/hooks/{hook_id}/deliveries', { ...place, ...page }),
  )
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
  throttled_at?: string | null
}

function pagesOf(
  connections: readonly Connection[],
  get: (page: { per_page: number; cursor?: string }) => Promise<Answer<readonly ApiDelivery[]>>,
): OpenLog {
  let isEnterpriseServer = false
  return {
    connections,
    isEnterpriseServer: () => isEnterpriseServer,
    async page(cursor) {
      const { data, headers } = await get({ per_page: 100, ...(cursor !== null && { cursor }) })
      isEnterpriseServer = headers['x-github-enterprise-version'] !== undefined
      return { entries: data.map(fromApi), next: nextCursor(headers.link) }
    },
  }
}

const fromApi = (said: ApiDelivery): LogEntry => ({
  githubId: Number(said.id),
  guid: said.guid,
  deliveredAt: Date.parse(said.delivered_at),
  status: said.status,
  statusCode: said.status_code,
  event: said.event,
  action: said.action,
  installationId: said.installation_id === null ? null : Number(said.installation_id),
  throttledAt: said.throttled_at ? Date.parse(said.throttled_at) : null,
  redelivery: said.redelivery,
})

/** The cursor of `Link: <…>; rel="next"`; the rest of the address is not followed. */
function nextCursor(link: string | undefined): string | null {
  const [, url] = /<([^>]*)>;\s*rel="next"/.exec(link ?? '') ?? []
  return URL.parse(url ?? '')?.searchParams.get('cursor') ?? null
}
