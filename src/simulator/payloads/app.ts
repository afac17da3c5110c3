import type { App } from '../app.ts'
import { timestamp } from '../timestamp.ts'
import type { Urls } from '../world.ts'
import { organizationAsAccount, userObject } from './account.ts'

/** A GitHub App in REST, and as `app` or `performed_via_github_app`. */
export const appObject = (urls: Urls, app: App) => ({
  id: app.id,
  client_id: app.clientId,
  slug: app.slug,
  node_id: app.nodeId,
  owner: app.owner.kind === 'user' ? userObject(urls, app.owner) : organizationAsAccount(urls, app.owner),
  name: app.name,
  description: '',
  external_url: app.externalUrl,
  html_url: `${urls.html}/apps/${app.slug}`,
  created_at: timestamp(app.createdAt),
  updated_at: timestamp(app.updatedAt),
  permissions: app.permissions,
  events: [...app.events],
})
