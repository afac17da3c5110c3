import type { Installation } from '../installation.ts'
import { timestamp } from '../timestamp.ts'
import type { Urls } from '../world.ts'
import { organizationAsAccount, userObject } from './account.ts'

export function installationObject(urls: Urls, installation: Installation) {
  const { id, app, organization, suspendedBy } = installation
  return {
    id,
    client_id: app.clientId,
    account: organizationAsAccount(urls, organization),
    repository_selection: installation.repositorySelection,
    access_tokens_url: `${urls.api}/app/installations/${id}/access_tokens`,
    repositories_url: `${urls.api}/installation/repositories`,
    html_url: `${urls.html}/organizations/${organization.login}/settings/installations/${id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: organization.id,
    target_type: 'Organization',
    permissions: installation.permissions,
    events: [...installation.events],
    created_at: timestamp(installation.createdAt),
    updated_at: timestamp(installation.updatedAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: suspendedBy && userObject(urls, suspendedBy),
    suspended_at: timestamp(installation.suspendedAt),
  }
}
