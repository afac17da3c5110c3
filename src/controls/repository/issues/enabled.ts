import { patching, repositorySetting } from '../../repository-setting.ts'

export const repositoryIssuesEnabled = repositorySetting({
  path: 'GitHub > Repository > Issues > Enabled',
  title: 'The repository has issues only where the policy wants them.',
  risk: 'Nobody can tell the maintainers what is wrong, or they are told where nobody reads it.',
  advice: 'Settings → General → Features → Issues.',
  what: 'Issues',
  means: { Enabled: { hasIssuesEnabled: true }, Disabled: { hasIssuesEnabled: false } },
  needs: { metadata: 'read' },
  write: patching({ hasIssuesEnabled: 'has_issues' }),
})
