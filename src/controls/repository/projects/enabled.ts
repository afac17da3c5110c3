import { patching, repositorySetting } from '../../repository-setting.ts'

export const repositoryProjectsEnabled = repositorySetting({
  path: 'GitHub > Repository > Projects > Enabled',
  title: 'The repository has projects only where the policy wants them.',
  risk: 'Work is planned where others do not look, or cannot be planned at all.',
  advice:
    'Settings → General → Features → Projects. ' +
    'An owner of the organization allows them under its Settings → Projects.',
  what: 'Projects',
  means: { Enabled: { hasProjectsEnabled: true }, Disabled: { hasProjectsEnabled: false } },
  needs: { metadata: 'read' },
  write: patching({ hasProjectsEnabled: 'has_projects' }),
})
