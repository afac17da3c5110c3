import type { Hook } from '../hook.ts'
import { timestamp } from '../timestamp.ts'
import type { Urls } from '../world.ts'

/** GitHub never shows a secret, only whether there is one. */
export const configObject = ({ config }: Hook) => ({
  content_type: config.contentType,
  insecure_ssl: config.insecureSsl,
  ...(config.secret && { secret: '********' }),
  url: config.url,
})

/** A hook as `meta` names it. */
export const hookMention = (hook: Hook) => ({
  type: 'app' in hook.of ? 'App' : 'Organization',
  id: hook.id,
  name: 'web',
  active: hook.active,
  events: [...hook.events],
  config: configObject(hook),
  updated_at: timestamp(hook.updatedAt),
  created_at: timestamp(hook.createdAt),
})

/** An organization's hook in REST. */
export function hookObject(urls: Urls, hook: Hook) {
  if ('app' in hook.of)
    return { ...hookMention(hook), app_id: hook.of.app.id, deliveries_url: `${urls.api}/app/hook/deliveries` }
  const url = `${urls.api}/orgs/${hook.of.organization.login}/hooks/${hook.id}`
  return { ...hookMention(hook), url, ping_url: `${url}/pings`, deliveries_url: `${url}/deliveries` }
}

export const ping = (urls: Urls, hook: Hook) => ({
  zen: 'Half measures are as bad as nothing at all.',
  hook_id: hook.id,
  hook: hookObject(urls, hook),
})
