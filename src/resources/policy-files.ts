import { type FileFault, type NamedFile, policyFileLimits, type ReviewRule } from '../model/policy-file.ts'
import type { ReadContext } from '../model/resource-type.ts'
import { defineResource, json, quiet, text } from '../model/resource-type.ts'
import { headOf } from './policy-files/head.ts'
import { policyFilesIn, textOf } from './policy-files/listing.ts'
import { reviewRules } from './policy-files/review-rules.ts'

export interface PolicyFilesData {
  repository: string | null
  branch: string | null
  headSha: string | null
  files: readonly NamedFile[]
  texts: Readonly<Record<string, string>>
  tooLarge: string | null
  reviewRules: readonly ReviewRule[]
  appliedSha: string | null
  applied: readonly NamedFile[]
  faults: readonly FileFault[]
}

/** There is one per organization; its node id is made of the organization's. */
export const policyFilesNodeId = (organizationNodeId: string): string => `policy-files:${organizationNodeId}`

/** The policies of an organization as code: the files as they stand on GitHub, and what became of them here. */
export const policyFiles = defineResource<PolicyFilesData>({
  type: 'GitHub > Policy Files',
  view: 'github_policy_files',
  parent: 'GitHub > Organization',
  needs: { contents: 'read' },
  optional: true,
  single: policyFilesNodeId,
  fields: {
    repository: text.readOnly('The repository they are in, e.g. `acme/.github-private`; null where there is none.'),
    branch: text.readOnly('Its default branch.'),
    headSha: quiet(text.readOnly('The newest commit of that branch.')),
    files: json.readOnly('Their paths, each with the name that Git gives to what is in it.'),
    texts: quiet(json.readOnly('What is in them, by path.')),
    tooLarge: text.readOnly('Why they were not fetched; null where they were.'),
    reviewRules: json.readOnly('What asks for reviews before the branch changes.'),
    appliedSha: text.readOnly('The commit whose files are in force.'),
    applied: json.readOnly('The files that are in force.'),
    faults: json.readOnly('Why the newest files are not in force: each fault with file, line and column.'),
  },
  title: () => 'policy files',
  fromEvent: {},

  batch: 1,
  async read(context, [nodeId = '']) {
    return [{ kind: 'seen', nodeId, data: await whatIsThere(context, nodeId) }]
  },
})

const nothing = { branch: null, headSha: null, files: [], texts: {}, tooLarge: null, reviewRules: [] }

async function whatIsThere(context: ReadContext, nodeId: string): Promise<Partial<PolicyFilesData>> {
  const { github, ours } = context
  const place = await ours.policyRepository()
  if (!place) return { ...nothing, repository: null }
  const where = { owner: place.owner, repo: place.name }
  const repository = `${place.owner}/${place.name}`
  const head = place.defaultBranch === null ? null : await headOf(github, { ...where, branch: place.defaultBranch })
  if (!head) return { ...nothing, repository }
  const listed = await policyFilesIn(github, { ...where, tree_sha: head.tree })
  const files = listed.map(({ path, sha }) => ({ path, sha }))
  const there = { ...nothing, repository, branch: head.branch, headSha: head.sha, files }
  const tooLarge = tooLargeOf(listed)
  const known = await ours.known<PolicyFilesData>(nodeId)
  const isNone = listed.length === 0 && (known?.applied ?? []).length === 0
  if (isNone || tooLarge) return { ...there, tooLarge }
  const texts: Record<string, string> = {}
  for (const { path, sha } of listed)
    texts[path] = keptText(known, path, sha) ?? (await textOf(github, { ...where, file_sha: sha }))
  return { ...there, texts, reviewRules: await reviewRules(github, { ...where, branch: head.branch }) }
}

/** What has the same name has the same text. */
const keptText = (known: Readonly<Partial<PolicyFilesData>> | null, path: string, sha: string): string | undefined =>
  known?.files?.some((file) => file.path === path && file.sha === sha) ? known.texts?.[path] : undefined

/** Asked before anything is fetched. */
export function tooLargeOf(files: readonly { path: string; size: number }[]): string | null {
  const { files: most, fileBytes, allBytes } = policyFileLimits
  const large = files.find(({ size }) => size > fileBytes)
  if (large) return `${large.path} is larger than ${fileBytes / 1024} KiB: divide it into several files.`
  if (files.length > most) return `There are ${files.length} policy files; no more than ${most} are taken.`
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  return bytes > allBytes ? `The policy files are larger than ${allBytes / 1024} KiB together.` : null
}
