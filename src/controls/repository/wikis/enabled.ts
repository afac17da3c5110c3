import { paidWhereClosed, patching, repositorySetting } from '../../repository-setting.ts'

const what = 'Wiki'

export const repositoryWikisEnabled = repositorySetting({
  path: 'GitHub > Repository > Wikis > Enabled',
  title: 'The repository has a wiki only where the policy wants one.',
  risk: 'What is written there is seen by everybody who sees the repository, and reviewed by nobody.',
  advice: 'Settings → General → Features → Wikis.',
  what,
  means: { Enabled: { hasWikiEnabled: true }, Disabled: { hasWikiEnabled: false } },
  needs: { metadata: 'read' },
  reads: ['visibility'],
  readsPlan: true,
  lacking: paidWhereClosed(what),
  write: patching({ hasWikiEnabled: 'has_wiki' }),
})
