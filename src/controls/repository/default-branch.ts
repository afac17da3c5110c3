import { defineControl } from '../../model/control-type.ts'
import { type GitHub, Refusal } from '../../model/github.ts'
import { skipped } from '../../model/verdict.ts'
import type { RepositoryData } from '../../resources/repository.ts'
import { judgeSetting } from '../setting.ts'
import { refused, unknown } from '../unknown.ts'

const path = 'GitHub > Repository > Default Branch'
const needs = { contents: 'read' } as const

export const repositoryDefaultBranch = defineControl<RepositoryData, Record<never, never>, { name: string }>({
  path,
  title: 'The default branch has the name that the policy gives.',
  risk: 'Protection, workflows and tools that go by the name of the branch miss this repository.',
  target: 'GitHub > Repository',
  related: {},
  reads: ['defaultBranch', 'isArchived'],
  subPolicies: {
    name: {
      path: `${path} > Name`,
      question: 'What the default branch is to be called.',
      kind: 'text',
      default: () => 'main',
    },
  },
  wanted: ['Set to `Default Branch > Name`'],
  default: 'Skip',
  needs: {
    check: needs,
    enforce: { administration: 'write', contents: 'write' },
    why: 'so that the default branch of private repositories can be seen',
  },
  advice:
    'Settings → General → Default branch: rename it, or choose another one. ' +
    'Links and open pull requests follow; clones and workflows that name the branch have to be changed by hand.',

  evaluate({ resource, values: { name } }) {
    const not = refused(resource)
    if (not) return not
    const { isArchived, defaultBranch } = resource.data
    if (isArchived) return skipped('The repository is archived, and takes no change.')
    if (defaultBranch === undefined) return unknown(resource, 'Default branch', needs)
    if (defaultBranch === null) return skipped('The repository is empty, and has no branch.')
    const means = { [defaultBranch]: { defaultBranch }, [name]: { defaultBranch: name } }
    return judgeSetting('Default branch', resource.data, { means, wanted: name })
  },

  async enforce({ resource: { data, refusal }, values: { name }, github }) {
    const { defaultBranch: branch, isArchived, nameWithOwner } = data
    const [owner, repo] = nameWithOwner?.split('/') ?? []
    if (refusal || !branch || branch === name || isArchived !== false || !owner || !repo) return
    if (await hasBranch(github, { owner, repo, branch: name }))
      await github.write('PATCH /repos/{owner}/{repo}', { owner, repo, default_branch: name })
    else
      await github.write('POST /repos/{owner}/{repo}/branches/{branch}/rename', { owner, repo, branch, new_name: name })
  },
})

async function hasBranch(github: GitHub, place: { owner: string; repo: string; branch: string }): Promise<boolean> {
  try {
    await github.get('GET /repos/{owner}/{repo}/branches/{branch}', place)
    return true
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return false
    throw error
  }
}
