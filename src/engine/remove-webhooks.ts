import type { Connection } from '../model/connection.ts'
import { type GitHub, live, Refusal } from '../model/github.ts'
import { asks } from '../model/policy.ts'
import { controlJob } from './jobs.ts'
import type { Means } from './means.ts'
import { runControl } from './run-control.ts'

const eventHandlers = 'GitHub > Organization > Event Handlers'

/**
 * Takes our webhooks off an organization as its policy would, by `Enforce: Disabled`, and then looks itself whether they are
 * gone: the control may stay silent for want of something else. Throws GitHub's refusal where that cannot be known and we
 * once made one; nothing is asked of GitHub but this.
 */
export async function removeWebhooks(means: Means, connection: Connection): Promise<void> {
  await disableEventHandlers(means, connection)
  const known = await means.store.hooks.list(connection.id)
  try {
    const github = await clientOf(means, connection)
    for (const hook_id of await webhooksOnGitHub(means, connection, github)) await take(github, connection, hook_id)
    const left = await webhooksOnGitHub(means, connection, github)
    if (left.length > 0) throw new Error(`GitHub still lists our webhook ${left[0]} of ${connection.login}.`)
  } catch (error) {
    const isForGood = error instanceof Refusal && error.retryAt === null
    if (!isForGood || known.length > 0) throw error
  }
}

/** A client for a connection that is leaving; its credential may have been taken away by a person. */
export async function clientOf({ clients }: Means, connection: Connection): Promise<GitHub> {
  const github = await clients.forConnection(connection, live('removal'))
  if (github) return github
  throw new Refusal({ code: 'bad-credentials', reason: `There is no credential for ${connection.login}.` }, null)
}

async function disableEventHandlers(means: Means, { id, organizationNodeId }: Connection): Promise<void> {
  const { store, clock } = means
  const root = await store.resources.byNodeId(id, 'GitHub > Organization', organizationNodeId)
  if (!root) return
  const place = { folderId: null, connectionId: id, resourceId: root.id, selector: null }
  const by = { source: 'api', origin: null, setBy: 'guardpost' } as const
  await store.policies.set(
    { ...asks(eventHandlers, 'Enforce: Disabled', { note: 'removal' }), ...place, ...by },
    clock(),
  )
  await runControl(
    means,
    controlJob(id, { path: eventHandlers, resourceId: root.id, why: 'removal', fresh: true }, clock()),
  )
}

/** GitHub's ids of those that we made, or that point to us and are no other connection's. */
async function webhooksOnGitHub(
  { store, addresses }: Means,
  { id, login }: Connection,
  github: GitHub,
): Promise<number[]> {
  const known = new Set((await store.hooks.list(id)).flatMap(({ githubId }) => githubId ?? []))
  const prefix = addresses.hook('')
  const found: number[] = []
  for await (const page of github.pages('GET /orgs/{org}/hooks', { org: login }, (data) => data))
    for (const { id: githubId, config } of page) {
      const url = config.url ?? ''
      const owner = url.startsWith(prefix) ? await store.hooks.find(url.slice(prefix.length)) : null
      const isOurs = url.startsWith(prefix) && (owner === null || owner.hook.connectionId === id)
      if (known.has(githubId) || isOurs) found.push(githubId)
    }
  return found
}

async function take(github: GitHub, { login }: Connection, hook_id: number): Promise<void> {
  try {
    await github.write('DELETE /orgs/{org}/hooks/{hook_id}', { org: login, hook_id })
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 404) throw error
  }
}
