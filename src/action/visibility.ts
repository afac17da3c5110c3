import type { Guardpost } from '../compose.ts'
import { live } from '../model/github.ts'
import { type Inputs, WrongInput } from './inputs.ts'

/** Of a public repository everybody reads the summary of a run, and whoever opens a pull request its cache. */
export async function refusePublic(
  { means: { clients } }: Guardpost,
  { repository, workflowToken }: Pick<Inputs, 'repository' | 'workflowToken'>,
): Promise<void> {
  const [owner = '', repo = ''] = repository.split('/')
  const { data } = await clients.forToken(workflowToken, owner, live('action')).get('GET /repos/{owner}/{repo}', {
    owner,
    repo,
  })
  if (data.private) return
  throw new WrongInput(
    `${repository} is public: anybody could read here what protection the organization lacks. Run this workflow in a ` +
      'private repository, e.g. `.github-private`.',
  )
}
