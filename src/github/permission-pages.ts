/** Where GitHub's pages are, as far as a remedy sends people there. */

/** Who a GitHub App belongs to; an enterprise is named by its slug. */
export interface AppOwner {
  readonly login: string
  readonly kind: 'User' | 'Organization' | 'Enterprise'
}

const path = (...segments: readonly (string | number)[]) => segments.map((s) => `/${encodeURIComponent(s)}`).join('')

/** The web address that belongs to an API address: github.com, a GHE.com subdomain or a GitHub Enterprise Server. */
export function htmlUrlOf(apiUrl: string): string {
  const { protocol, host } = new URL(apiUrl)
  const shared = host === 'api.github.com' || (host.startsWith('api.') && host.endsWith('.ghe.com'))
  return `${protocol}//${shared ? host.slice('api.'.length) : host}`
}

/** Where an App is registered, of an organization or (null) of whoever is signed in. */
export function registrationPage(htmlUrl: string, organization: string | null): string {
  return htmlUrl + path(...(organization === null ? [] : ['organizations', organization]), 'settings', 'apps', 'new')
}

/** The App's own page, for its owner. */
function appPage(htmlUrl: string, slug: string, owner: AppOwner): string {
  const folder = { User: [], Organization: ['organizations', owner.login], Enterprise: ['enterprises', owner.login] }
  return htmlUrl + path(...folder[owner.kind], 'settings', 'apps', slug)
}

/** Where the App's owner requests a permission or an event. */
export function appPermissionsPage(htmlUrl: string, slug: string, owner: AppOwner): string {
  return `${appPage(htmlUrl, slug, owner)}/permissions`
}

/** Where an owner of the organization sees, suspends and configures the installation. */
export function installationPage(htmlUrl: string, login: string, installationId: number): string {
  return htmlUrl + path('organizations', login, 'settings', 'installations', installationId)
}

/** Where an owner of the organization accepts what the App newly requests. */
export function permissionReviewPage(htmlUrl: string, login: string, installationId: number): string {
  return `${installationPage(htmlUrl, login, installationId)}/permissions/update`
}

/** Where the App is installed anew. An Enterprise Server has its Apps under another path. */
export function installPage(htmlUrl: string, slug: string): string {
  const { host } = new URL(htmlUrl)
  const shared = host === 'github.com' || host.endsWith('.ghe.com')
  return htmlUrl + path(shared ? 'apps' : 'github-apps', slug, 'installations', 'new')
}

/** Where the owner of a personal access token edits or replaces it. */
export function tokenPage(htmlUrl: string, kind: 'classic-token' | 'fine-grained-token'): string {
  return htmlUrl + path('settings', kind === 'classic-token' ? 'tokens' : 'personal-access-tokens')
}

/** Where an owner of the organization says which personal access tokens may reach it. */
export function tokenPolicyPage(htmlUrl: string, login: string): string {
  return htmlUrl + path('organizations', login, 'settings', 'personal-access-tokens')
}

/** Where an owner of the organization finds its IP allow list and single sign-on. */
export function securityPage(htmlUrl: string, login: string): string {
  return htmlUrl + path('organizations', login, 'settings', 'security')
}
