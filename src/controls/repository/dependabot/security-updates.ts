import type { RepositorySecurityData } from '../../../resources/repository-security.ts'
import { repositorySetting } from '../../repository-setting.ts'

export const repositoryDependabotSecurityUpdates = repositorySetting<RepositorySecurityData>({
  path: 'GitHub > Repository > Dependabot > Security Updates',
  title: 'Dependabot proposes to update what is vulnerable.',
  risk: 'What is known to be vulnerable stays until somebody finds the time.',
  advice: 'Settings → Advanced Security → Dependabot security updates. They need Dependabot alerts.',
  what: 'Dependabot security updates',
  means: { Enabled: { dependabotSecurityUpdates: true }, Disabled: { dependabotSecurityUpdates: false } },
  from: 'GitHub > Repository Security',
  needs: { administration: 'read' },
  write: (github, { owner, repo }, { dependabotSecurityUpdates }) => {
    const method = dependabotSecurityUpdates ? 'PUT' : 'DELETE'
    return github.write(`${method} /repos/{owner}/{repo}/automated-security-fixes`, { owner, repo })
  },
})
