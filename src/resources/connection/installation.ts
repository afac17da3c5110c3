import { Refusal } from '../../model/github.ts'
import type { Permissions } from '../../model/permission.ts'
import type { ReadContext } from '../../model/resource-type.ts'
import type { ConnectionData } from '../connection.ts'
import { readOrganizationHooks } from './organization-hooks.ts'
import { refusalsOf } from './refusals.ts'

/**
 * An App connection as GitHub has it: the installation (granted), the App (requested), the App's webhook and the
 * organization's. What a refused read would have told stays unknown; why is kept in `refusals`.
 */
export async function readInstallation(context: ReadContext): Promise<Partial<ConnectionData>> {
  const { app, connection } = context
  if (!app) throw new Error('An App connection is read by an App: set APP_ID and PRIVATE_KEY.')
  const installation = await readOwn(app, connection)
  if (!installation) return { status: 'uninstalled', login: connection.login, refusals: [] }

  const own = await app.get('GET /app', {})
  const hook = await refusalsOf(async () => appHook(await app.get('GET /app/hook/config', {}).then(({ data }) => data)))
  const hooks =
    installation.status === 'suspended'
      ? { value: undefined, refusals: [] }
      : await refusalsOf(() => readOrganizationHooks(context, installation.login))

  return {
    ...installation,
    requested: (own.data?.permissions ?? {}) as Permissions,
    requestedEvents: own.data?.events ?? [],
    ...settingsOf(own.data),
    ...(hook.value !== undefined && { appHook: hook.value }),
    ...hooks.value,
    refusals: [...hook.refusals, ...hooks.refusals],
  }
}

type App = NonNullable<ReadContext['app']>

type Own = Pick<
  ConnectionData,
  'status' | 'login' | 'repositorySelection' | 'granted' | 'grantedEvents' | 'installationUrl'
>

/** Null: GitHub says there is no such installation, and none on the organization. */
async function readOwn(app: App, { installationId, login }: ReadContext['connection']): Promise<Own | null> {
  const installation_id = installationId ?? 0
  const installed =
    (await unlessMissing(app.get('GET /app/installations/{installation_id}', { installation_id }))) ??
    (await unlessMissing(app.get('GET /orgs/{org}/installation', { org: login })))
  if (installed?.data.id !== installation_id) return null
  const { data } = installed
  const account = data.account as { login?: string } | null
  return {
    status: data.suspended_at ? 'suspended' : 'active',
    login: account?.login ?? login,
    repositorySelection: data.repository_selection,
    granted: data.permissions as Permissions,
    grantedEvents: data.events.toSorted(),
    installationUrl: data.html_url,
  }
}

async function unlessMissing<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null
    throw error
  }
}

/** The App's settings page is not in GitHub's answer; it follows from its owner, of whom an enterprise has no login. */
function settingsOf(own: { html_url: string; slug?: string; owner: unknown } | null) {
  if (!own) return {}
  const owner = own.owner as { login?: string; type?: string; slug?: string }
  const name = owner.login ?? owner.slug ?? ''
  const { origin } = new URL(own.html_url)
  const folder = owner.type === 'Organization' ? `/organizations/${name}` : owner.login ? '' : `/enterprises/${name}`
  return {
    appSettingsUrl: `${origin}${folder}/settings/apps/${own.slug}/permissions`,
    appOwner: name,
    ...(own.slug && { appSlug: own.slug }),
  }
}

function appHook(config: {
  url?: string
  content_type?: string
  insecure_ssl?: string | number
}): ConnectionData['appHook'] {
  return {
    url: config.url ?? null,
    contentType: config.content_type ?? null,
    verifiesSsl: String(config.insecure_ssl ?? '0') === '0',
  }
}
