import { live } from '../model/github.ts'
import { type Permissions, permissionsOf, satisfies } from '../model/permission.ts'
import { answerOf, type Checked, type Finding, personal } from './connection-finding.ts'
import type { Means } from './means.ts'
import { defaultNeeds } from './needs.ts'

/** Looks up the App's installation on an organization, and what it may do. The same `Refusal`s are thrown. */
export async function checkInstallation(
  { clients, reporters }: Pick<Means, 'clients' | 'reporters'>,
  login: string,
): Promise<Checked> {
  const app = clients.forApp(live('connect'))
  if (!app) return { wanted: null, findings: [noApp] }
  const own = await answerOf('App', () => app.get('GET /app', {}))
  if ('finding' in own) return { wanted: null, findings: [own.finding] }
  const page = own.answer.data?.html_url ?? ''
  const requested = (own.answer.data?.permissions ?? {}) as Permissions
  const installed = await answerOf('Installation', () => app.get('GET /orgs/{org}/installation', { org: login }))
  if ('finding' in installed) {
    const { remedy: _, ...rest } = installed.finding
    return { wanted: null, findings: [{ ...rest, ...notInstalled(login, page) }] }
  }
  const { id, account, permissions, repository_selection, suspended_at, html_url } = installed.answer.data
  const who = `an owner of ${login}`
  if (!account || !('login' in account) || !('node_id' in account)) return { wanted: null, findings: [personal(login)] }
  const selection: Finding[] =
    repository_selection === 'all'
      ? [{ about: 'Repositories', found: 'all', level: 'ok' }]
      : [
          {
            about: 'Repositories',
            found: 'selected ones only: the others stay unseen',
            level: 'warning',
            remedy: { who, action: 'Choose “All repositories” under Repository access.', url: html_url },
          },
        ]
  const standing: Finding = suspended_at
    ? {
        about: 'Installation',
        found: 'suspended: nothing is heard',
        level: 'warning',
        remedy: { who, action: 'Lift the suspension.', url: html_url },
      }
    : { about: 'Installation', found: 'active', level: 'ok' }
  return {
    wanted: {
      kind: 'app',
      organizationId: Number(account.id),
      organizationNodeId: account.node_id,
      login: account.login,
      installationId: Number(id),
    },
    findings: [
      standing,
      ...selection,
      ...compared(permissionsOf(defaultNeeds(reporters, 'app')), requested, permissions as Permissions, {
        who,
        installationUrl: html_url,
        appPage: page,
      }),
    ],
  }
}

const noApp: Finding = {
  about: 'App',
  found: 'No GitHub App is configured here.',
  level: 'refused',
  remedy: {
    who: 'who runs this server',
    action: 'Set APP_ID, PRIVATE_KEY_PATH and WEBHOOK_SECRET, or connect by a token.',
  },
}

const notInstalled = (login: string, appPage: string) => ({
  found: `The App is not installed on ${login}.`,
  remedy: {
    who: `an owner of ${login}`,
    action: 'Install the App; it connects by itself then.',
    url: `${appPage}/installations/new`,
  },
})

function compared(
  needed: Permissions,
  requested: Permissions,
  granted: Permissions,
  { who, installationUrl, appPage }: { who: string; installationUrl: string; appPage: string },
): Finding[] {
  return Object.entries(needed)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([key, level]): Finding => {
      const about = `Permission \`${key}\``
      if (satisfies(granted[key], level)) return { about, found: granted[key] ?? '', level: 'ok' }
      const remedy = satisfies(requested[key], level)
        ? {
            who,
            action: `Review the request of the App and accept \`${key}: ${level}\`.`,
            url: `${installationUrl}/permissions/update`,
          }
        : { who: 'the owner of the App', action: `Request \`${key}: ${level}\`; then ${who} accepts it.`, url: appPage }
      return { about, found: `${granted[key] ?? 'nothing'}, but ${level} is needed`, level: 'warning', remedy }
    })
}
