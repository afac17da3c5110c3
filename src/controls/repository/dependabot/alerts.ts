import { repositorySetting } from '../../repository-setting.ts'

export const repositoryDependabotAlerts = repositorySetting({
  path: 'GitHub > Repository > Dependabot > Alerts',
  title: 'GitHub tells of dependencies that are known to be vulnerable.',
  risk: 'A weakness that everybody knows of stays in use.',
  advice:
    'Settings → Advanced Security → Dependabot alerts. ' +
    'Whether they are on is shown to those who may read Dependabot alerts.',
  marks: {
    CIS: '1.5.5',
    Legitify: 'vulnerability_alerts_not_enabled',
    Prowler: 'repository_dependency_scanning_enabled',
  },
  what: 'Dependabot alerts',
  means: {
    Enabled: { hasVulnerabilityAlertsEnabled: true },
    Disabled: { hasVulnerabilityAlertsEnabled: false },
  },
  needs: { vulnerability_alerts: 'read' },
  write: (github, { owner, repo }, { hasVulnerabilityAlertsEnabled }) => {
    const method = hasVulnerabilityAlertsEnabled ? 'PUT' : 'DELETE'
    return github.write(`${method} /repos/{owner}/{repo}/vulnerability-alerts`, { owner, repo })
  },
})
