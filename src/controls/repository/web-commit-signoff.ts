import { patching, repositorySetting } from '../repository-setting.ts'

export const repositoryWebCommitSignoff = repositorySetting({
  path: 'GitHub > Repository > Web Commit Signoff',
  title: 'Whoever commits on the web signs off.',
  risk: 'Commits come without their author’s word that they may be given.',
  advice: 'Settings → General → Require contributors to sign off on web-based commits.',
  what: 'Web commit signoff',
  means: { Enabled: { webCommitSignoffRequired: true } },
  needs: { metadata: 'read' },
  write: patching({ webCommitSignoffRequired: 'web_commit_signoff_required' }),
})
