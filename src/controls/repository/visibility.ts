import { isEnterprise } from '../plan.ts'
import { patching, repositorySetting } from '../repository-setting.ts'

export const repositoryVisibility = repositorySetting({
  path: 'GitHub > Repository > Visibility',
  title: 'Only those see the repository who shall.',
  risk: 'What is inside is read by people it is not meant for.',
  advice:
    'Settings → General → Danger zone → Change visibility. Stars, and forks of a public repository, are lost when it is ' +
    'closed. An archived repository is taken out of the archive first.',
  what: 'Visibility',
  means: { Private: { visibility: 'private' }, Internal: { visibility: 'internal' }, Public: { visibility: 'public' } },
  needs: { metadata: 'read' },
  isArchivedToo: true,
  readsPlan: true,
  lacking: (wanted, plan) =>
    wanted === 'Internal' && !isEnterprise(plan)
      ? `Visibility: the plan ${plan} has no internal repositories; GitHub Enterprise Cloud has.`
      : null,
  write: patching({ visibility: 'visibility' }),
})
