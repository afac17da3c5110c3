import type { Connection } from '../model/connection.ts'
import type { Remains } from '../model/removal.ts'
import type { ConnectionData } from '../resources/connection.ts'
import type { OrganizationData } from '../resources/organization.ts'
import type { Means } from './means.ts'

/** The webhooks that we know of and could not take away. */
export async function webhooksRemain({ store, addresses }: Means, connection: Connection): Promise<readonly Remains[]> {
  const page = await organizationPage({ store }, connection, 'settings/hooks')
  return (await store.hooks.list(connection.id)).map(({ id }) => ({
    who: `an owner of ${connection.login}`,
    action: `Delete the webhook ${addresses.hook(id)}.`,
    ...page,
  }))
}

/** The issues that we know of and could not close. A check run or a status hurts nobody and goes with the next commit. */
export async function reportsRemain({ store }: Means, connection: Connection): Promise<readonly Remains[]> {
  const remains: Remains[] = []
  for (const { number, repository, url } of await openIssues({ store }, connection))
    remains.push({
      who: `an owner of ${connection.login}`,
      action: `Close the issue #${number} in ${repository}.`,
      ...(url && { url }),
    })
  return remains
}

/** What Guardpost never takes away itself. */
export async function credentialRemains(
  { store }: Pick<Means, 'store'>,
  connection: Connection,
): Promise<readonly Remains[]> {
  const [facts] = await store.resources.list(connection.id, { type: 'GitHub > Connection', limit: 1 })
  const { status, installationUrl, tokenKind } = (facts?.data ?? {}) as Partial<ConnectionData>
  if (connection.kind === 'app') {
    if (status === 'uninstalled') return []
    const who = `an owner of ${connection.login}`
    return [
      { who, action: 'Uninstall the App, if it is of no other use.', ...(installationUrl && { url: installationUrl }) },
    ]
  }
  const folder = tokenKind === 'classic' ? 'settings/tokens' : 'settings/personal-access-tokens'
  const page = await pageBelow({ store }, connection, folder)
  return [{ who: 'the owner of the token', action: 'Delete the token, if it is of no other use.', ...page }]
}

export interface OpenIssue {
  readonly repository: string
  readonly number: number
  readonly url: string | null
}

/** The issues that are open as far as we know. */
export async function openIssues({ store }: Pick<Means, 'store'>, { id }: Connection): Promise<OpenIssue[]> {
  const issues: OpenIssue[] = []
  for (const { repositoryNodeId, githubId } of await store.reports.open(id)) {
    const place = await store.resources.byNodeId(id, 'GitHub > Repository', repositoryNodeId)
    if (!place || place.goneAt) continue
    const url = typeof place.data.url === 'string' ? `${place.data.url}/issues/${githubId}` : null
    issues.push({ repository: place.title, number: githubId, url })
  }
  return issues
}

const organizationPage = ({ store }: Pick<Means, 'store'>, connection: Connection, folder: string) =>
  pageBelow({ store }, connection, `organizations/${connection.login}/${folder}`)

/** A page of the GitHub that the organization is on. */
async function pageBelow(
  { store }: Pick<Means, 'store'>,
  { id, organizationNodeId }: Connection,
  path: string,
): Promise<{ url?: string }> {
  const root = await store.resources.byNodeId(id, 'GitHub > Organization', organizationNodeId)
  const { url } = (root?.data ?? {}) as Partial<OrganizationData>
  return url ? { url: `${new URL(url).origin}/${path}` } : {}
}
