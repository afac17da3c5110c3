import { Refusal, validationFailed } from '../http/refusal.ts'
import type { Repository, Visibility } from '../repository.ts'
import type { RepositorySettings } from '../repository-settings.ts'

type Change = Partial<RepositorySettings>

/** One thing that GitHub does not let be set, in its words; those that are inferred say so. */
type Rule = (change: Change, repository: Repository) => Refusal | false | undefined

const isFreeAndClosed = ({ organization, visibility }: Repository) =>
  organization.plan === 'free' && visibility !== 'public'

/** Said to whoever names the setting at all, even to switch it off. */
const forking: Rule = ({ allowForking }, { organization, visibility }) =>
  allowForking !== undefined &&
  visibility !== 'public' &&
  !organization.settings.membersCanForkPrivateRepositories &&
  new Refusal(422, 'This organization does not allow private repository forking')

const scanning: Rule = ({ secretScanning, secretScanningPushProtection }, repository) =>
  (secretScanning || secretScanningPushProtection) &&
  isFreeAndClosed(repository) &&
  new Refusal(422, 'Secret scanning is not available for this repository.')

/** Inferred. */
const pushProtection: Rule = ({ secretScanning, secretScanningPushProtection }, { settings }) =>
  secretScanningPushProtection &&
  !(secretScanning ?? settings.secretScanning) &&
  new Refusal(422, 'Secret scanning must be enabled to enable push protection.')

/** Wikis of closed repositories are paid for (https://docs.github.com/communities/documenting-your-project-with-wikis); inferred. */
const wiki: Rule = ({ hasWiki }, repository) =>
  hasWiki &&
  isFreeAndClosed(repository) &&
  new Refusal(403, 'Upgrade to GitHub Pro or make this repository public to enable this feature.')

const projects: Rule = ({ hasProjects }, { organization }) =>
  hasProjects &&
  !organization.settings.hasRepositoryProjects &&
  validationFailed({ resource: 'Repository', code: 'custom', field: 'has_projects', message: 'Projects are disabled.' })

const merging: Rule = (change, { settings }) => {
  const { allowMergeCommit, allowSquashMerge, allowRebaseMerge } = { ...settings, ...change }
  if (allowMergeCommit || allowSquashMerge || allowRebaseMerge) return false
  const message = 'Sorry, you need to allow at least one merge strategy. (no_merge_method)'
  return validationFailed({ resource: 'Repository', code: 'custom', field: 'merge_commit_allowed', message })
}

const rules: readonly Rule[] = [forking, scanning, pushProtection, wiki, projects, merging]

/** Throws what GitHub says where it does not let these be set. */
export function refuseSettings(repository: Repository, change: Change): void {
  for (const rule of rules) {
    const refusal = rule(change, repository)
    if (refusal) throw refusal
  }
}

export function refuseVisibility({ organization: { plan } }: Repository, visibility: Visibility): void {
  if (visibility !== 'internal' || plan === 'enterprise' || plan === 'business') return
  throw new Refusal(422, 'Only organizations associated with an enterprise can set visibility to internal')
}
