import type { GitHub } from '../../../model/github.ts'
import { type Place, repositorySetting } from '../../repository-setting.ts'

export const repositoryDiscussionsEnabled = repositorySetting({
  path: 'GitHub > Repository > Discussions > Enabled',
  title: 'The repository has discussions only where the policy wants them.',
  risk: 'People ask where nobody answers, or have nowhere to ask.',
  advice: 'Settings → General → Features → Discussions.',
  what: 'Discussions',
  means: { Enabled: { hasDiscussionsEnabled: true }, Disabled: { hasDiscussionsEnabled: false } },
  needs: { metadata: 'read' },
  write: switchDiscussions,
})

/** REST has no parameter for it. */
function switchDiscussions(github: GitHub, { nodeId }: Place, change: object): Promise<unknown> {
  return github.mutate(
    'UpdateRepository',
    'mutation UpdateRepository($input: UpdateRepositoryInput!) { updateRepository(input: $input) { repository { id } } }',
    { input: { repositoryId: nodeId, ...change } },
  )
}
