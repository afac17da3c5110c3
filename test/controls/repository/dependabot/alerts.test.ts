import { repositoryDependabotAlerts } from '../../../../src/controls/repository/dependabot/alerts.ts'
import { judges } from '../../judges.ts'
import { repositorySaying } from '../../saying.ts'

const says = (
  hasVulnerabilityAlertsEnabled: boolean,
  granted: object | 'as its owner' = { vulnerability_alerts: 'read' },
) => ({
  hasVulnerabilityAlertsEnabled,
  granted,
})
const write = (method: 'PUT' | 'DELETE') => ({
  [`${method} /repos/{owner}/{repo}/vulnerability-alerts`]: { owner: 'acme', repo: 'web' },
})
const what = 'Dependabot alerts'
const hidden = `tbd: ${what}: not known. GitHub shows it only to those who hold \`vulnerability_alerts: read\`.`

judges(repositoryDependabotAlerts, repositorySaying, [
  ['Enabled', says(true), `ok: ${what}: Enabled.`],
  ['Enabled', says(false), `alarm: ${what}: Disabled, not Enabled.`, write('PUT')],
  ['Disabled', says(false), `ok: ${what}: Disabled.`],
  ['Disabled', says(true), `alarm: ${what}: Enabled, not Disabled.`, write('DELETE')],
  // False is what GitHub says to whoever may not know; true it says to nobody who may not.
  ['Enabled', says(false, {}), hidden],
  ['Disabled', says(false, { administration: 'read' }), hidden],
  ['Enabled', says(true, {}), `ok: ${what}: Enabled.`],
  ['Enabled', says(false, 'as its owner'), hidden],
  [
    'Enabled',
    { ...says(false, 'as its owner'), viewerCanAdminister: true },
    `alarm: ${what}: Disabled, not Enabled.`,
    write('PUT'),
  ],
  ['Enabled', { ...says(false), isFork: true }, `alarm: ${what}: Disabled, not Enabled.`, write('PUT')],
  ['Enabled', { ...says(true), isTemplate: true, defaultBranchRef: null }, `ok: ${what}: Enabled.`],
  ['Enabled', { ...says(false), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
  ['Disabled', { ...says(true), isArchived: true }, 'skipped: The repository is archived, and takes no change.'],
])
