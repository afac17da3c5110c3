import { appManifest } from '../../engine/manifest.ts'
import { manifestNeeds } from '../../engine/needs.ts'
import type { Need } from '../../model/permission.ts'
import type { Reporter } from '../../model/reporter.ts'
import { githubCallbackPath } from '../sign-in/github-pages.ts'
import { appHookPath } from '../webhooks.ts'

interface Places {
  /** Where people reach the console. */
  readonly url: string
  /** The channel that webhooks come by; null: they come to `url`. */
  readonly channel: string | null
  /** Where GitHub sends the browser back to. */
  readonly redirectUrl: string
}

/** The manifest of the App, for an organization or (null) for a person, who needs a public one to install it elsewhere. */
export function setUpManifest(reporters: readonly Reporter[], organization: string | null, places: Places) {
  const { url, channel, redirectUrl } = places
  const name = organization === null ? `Guardpost ${Date.now().toString(36)}` : `Guardpost for ${organization}`
  const hookUrl = channel ?? `${url}${appHookPath}`
  return {
    ...appManifest(reporters, { name: name.slice(0, longestName), url, hookUrl }),
    description: 'Guards an organization in real time.',
    public: organization === null,
    redirect_url: redirectUrl,
    callback_urls: [`${url}${githubCallbackPath}`],
    setup_url: `${url}/connections`,
  }
}

/** As GitHub has it. */
const longestName = 34

/** Each permission that the App asks for, with all that it is for. */
export function reasons(reporters: readonly Reporter[]): Need[] {
  const needs = manifestNeeds(reporters)
  const { default_permissions: permissions } = appManifest(reporters, { name: '', url: '', hookUrl: '' })
  return Object.entries(permissions).map(([permission, level]) => {
    const why = new Set(needs.filter((need) => need.permission === permission).map((need) => need.why))
    return { permission, level, why: [...why].join(', ') }
  })
}
