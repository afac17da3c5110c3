import { defineControl } from '../../../model/control-type.ts'
import { skipped } from '../../../model/verdict.ts'
import type { RepositoryData } from '../../../resources/repository.ts'
import { patching } from '../../repository-setting.ts'
import { differing, isKnown, judgeSetting } from '../../setting.ts'
import { refused, unknown } from '../../unknown.ts'

const path = 'GitHub > Repository > Pull Request > Merge Configuration'
const wanted = 'Enabled per `Merge Configuration > Settings`'

/** The fields behind GitHub's names of the ways to merge. */
const ways = {
  'Merge Commit': 'mergeCommitAllowed',
  'Rebase Merge': 'rebaseMergeAllowed',
  'Squash Merge': 'squashMergeAllowed',
} as const satisfies Record<string, keyof RepositoryData>

const needs = { metadata: 'read' } as const
const write = patching({
  mergeCommitAllowed: 'allow_merge_commit',
  rebaseMergeAllowed: 'allow_rebase_merge',
  squashMergeAllowed: 'allow_squash_merge',
})

/** The ways that are named are open, all others are not. */
const asked = (settings: readonly string[]): Partial<RepositoryData> =>
  Object.fromEntries(Object.entries(ways).map(([name, field]) => [field, settings.includes(name)]))

export const repositoryMergeConfiguration = defineControl<
  RepositoryData,
  Record<never, never>,
  { settings: readonly string[] }
>({
  path,
  title: 'Pull requests are merged in the ways that the policy names, and in no other.',
  risk: 'The history does not have the shape that people and tools rely on.',
  target: 'GitHub > Repository',
  related: {},
  reads: [...Object.values(ways), 'isArchived'],
  subPolicies: {
    settings: {
      path: `${path} > Settings`,
      question: 'In which ways a pull request can be merged.',
      kind: 'list',
      values: Object.keys(ways),
      default: () => Object.keys(ways),
    },
  },
  wanted: [wanted],
  default: 'Skip',
  needs: {
    check: needs,
    enforce: { administration: 'write' },
    why: 'so that the settings of repositories can be read',
  },
  advice: 'Settings → General → Pull Requests: switch on the ways to merge that the policy names, and the others off.',

  evaluate({ resource, values: { settings } }) {
    const not = refused(resource)
    if (not) return not
    if (resource.data.isArchived) return skipped('The repository is archived, and takes no change.')
    const means = { [settings.join(', ')]: asked(settings) }
    if (!isKnown(resource.data, asked(settings))) return unknown(resource, 'Ways to merge', needs)
    return judgeSetting('Ways to merge', resource.data, { means, wanted: settings.join(', ') })
  },

  async enforce({ resource: { data, nodeId, refusal }, values: { settings }, github }) {
    const [owner, repo] = data.nameWithOwner?.split('/') ?? []
    if (refusal || !isKnown(data, asked(settings)) || data.isArchived !== false || !owner || !repo) return
    const change = differing(data, asked(settings))
    if (Object.keys(change).length > 0) await write(github, { owner, repo, nodeId }, change)
  },
})
