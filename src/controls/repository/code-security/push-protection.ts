import type { RepositorySecurityData } from '../../../resources/repository-security.ts'
import { paidWhereClosed, repositorySetting } from '../../repository-setting.ts'

const what = 'Push protection'

export const repositoryPushProtection = repositorySetting<RepositorySecurityData>({
  path: 'GitHub > Repository > Code Security > Push Protection',
  title: 'A push that holds a secret is refused.',
  risk: 'A password or key is in the history, and copied, before anybody notices.',
  advice:
    'Settings → Advanced Security → Secret Protection → Push protection. It needs secret scanning. ' +
    'For private and internal repositories the organization needs GitHub Secret Protection.',
  what,
  means: { Enabled: { secretScanningPushProtection: true }, Disabled: { secretScanningPushProtection: false } },
  from: 'GitHub > Repository Security',
  needs: { administration: 'read' },
  reads: ['visibility'],
  readsPlan: true,
  lacking: paidWhereClosed(what),
  write: (github, { owner, repo }, { secretScanningPushProtection: isOn }) =>
    github.write('PATCH /repos/{owner}/{repo}', {
      owner,
      repo,
      security_and_analysis: { secret_scanning_push_protection: { status: isOn ? 'enabled' : 'disabled' } },
    }),
})
