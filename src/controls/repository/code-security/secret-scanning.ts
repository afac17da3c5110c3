import type { RepositorySecurityData } from '../../../resources/repository-security.ts'
import { paidWhereClosed, repositorySetting } from '../../repository-setting.ts'

const what = 'Secret scanning'

export const repositorySecretScanning = repositorySetting<RepositorySecurityData>({
  path: 'GitHub > Repository > Code Security > Secret Scanning',
  title: 'Secrets in commits are found.',
  risk: 'A password or key that somebody committed is used by whoever finds it first.',
  advice:
    'Settings → Advanced Security → Secret Protection. ' +
    'For private and internal repositories the organization needs GitHub Secret Protection.',
  marks: { CIS: '1.5.1', Legitify: 'secret_scanning_not_enabled', Prowler: 'repository_secret_scanning_enabled' },
  what,
  means: { Enabled: { secretScanning: true }, Disabled: { secretScanning: false } },
  from: 'GitHub > Repository Security',
  needs: { administration: 'read' },
  reads: ['visibility'],
  readsPlan: true,
  lacking: paidWhereClosed(what),
  write: (github, { owner, repo }, { secretScanning }) =>
    github.write('PATCH /repos/{owner}/{repo}', {
      owner,
      repo,
      security_and_analysis: { secret_scanning: { status: secretScanning ? 'enabled' : 'disabled' } },
    }),
})
