import type { Organization } from '../organization.ts'
import type { User } from '../user.ts'
import type { Urls } from '../world.ts'

const avatar = (urls: Urls, id: number): string => `${urls.html}/avatars/u/${id}?v=4`

function account(urls: Urls, { login, id, nodeId }: { login: string; id: number; nodeId: string }) {
  const url = `${urls.api}/users/${encodeURIComponent(login)}`
  return {
    login,
    id,
    node_id: nodeId,
    avatar_url: avatar(urls, id),
    gravatar_id: '',
    url,
    html_url: `${urls.html}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
  }
}

/** A person or bot as `sender`, `user`, `creator`. */
export const userObject = (urls: Urls, user: User) => ({
  ...account(urls, user),
  ...(user.type === 'Bot' && { html_url: `${urls.html}/apps/${user.login.replace('[bot]', '')}` }),
  type: user.type,
  user_view_type: 'public',
  site_admin: false,
})

/** An organization in the place of an account: `owner` of a repository, `account` of an installation. */
export const organizationAsAccount = (urls: Urls, organization: Organization) => ({
  ...account(urls, organization),
  type: 'Organization',
  user_view_type: 'public',
  site_admin: false,
})

/** An organization as `organization` of a payload. */
export function organizationObject(urls: Urls, organization: Organization) {
  const url = `${urls.api}/orgs/${organization.login}`
  return {
    login: organization.login,
    id: organization.id,
    node_id: organization.nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: avatar(urls, organization.id),
    description: organization.description,
  }
}
