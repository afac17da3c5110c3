import type { Team } from '../team.ts'
import type { Urls } from '../world.ts'

export function teamObject(urls: Urls, team: Team) {
  const { id, name, slug, description, privacy, organization } = team
  const url = `${urls.api}/organizations/${organization.id}/team/${id}`
  return {
    name,
    id,
    node_id: team.nodeId,
    slug,
    description,
    privacy,
    notification_setting: 'notifications_enabled',
    url,
    html_url: `${urls.html}/orgs/${organization.login}/teams/${slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    permission: 'pull',
  }
}
