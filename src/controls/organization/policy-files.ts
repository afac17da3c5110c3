import { defineControl } from '../../model/control-type.ts'
import { type FileFault, placeInWords } from '../../model/policy-file.ts'
import { sameJson } from '../../model/same-json.ts'
import { alarm, type Evidence, invalid, ok, tbd } from '../../model/verdict.ts'
import type { OrganizationData } from '../../resources/organization.ts'
import type { PolicyFilesData } from '../../resources/policy-files.ts'
import { refused } from '../unknown.ts'
import { evidenceOf, isReviewed, whyNotReviewed } from './policy-files/reviewed.ts'

const path = 'GitHub > Organization > Policy Files'

/** Not every change of rules is told to us: GitHub is asked again though nothing was heard. In milliseconds. */
const rhythm = 3_600_000

/** Policies as code are in force as they stand on a branch that nobody changes alone. */
export const organizationPolicyFiles = defineControl<
  OrganizationData,
  { files: PolicyFilesData },
  { repository: string }
>({
  path,
  title: 'The policy files of the organization are in force.',
  risk: 'What was reviewed and merged is not what Guardpost goes by.',
  target: 'GitHub > Organization',
  related: { files: 'GitHub > Policy Files' },
  reads: [],
  subPolicies: {
    repository: {
      path: `${path} > Repository`,
      question: 'The name of the repository that policy files are in; `Automatic` is the one that reports go to.',
      kind: 'text',
      reserved: true,
      default: () => 'Automatic',
    },
  },
  wanted: ['Applied'],
  reserved: true,
  default: 'Check: Applied',
  needs: { check: { contents: 'read' }, why: 'so that policy files can be read' },
  advice:
    'Require reviewed pull requests on the default branch of the repository: Settings → Branches → Add branch protection ' +
    'rule, with “Require a pull request before merging”, at least one approval, and “Do not allow bypassing the above ' +
    'settings”. A ruleset does as well, where Guardpost may see that its bypass list is empty (`administration: write`).',

  evaluate({ related: { files }, now }) {
    const recheckAt = now + rhythm
    const refusal = refused(files)
    if (refusal) return { ...refusal, recheckAt }
    if (!files?.data.files) return tbd('The policy files have not been read yet.', { recheckAt })
    const { repository, branch, headSha, files: there, reviewRules = [], tooLarge } = files.data
    const { applied = [], appliedSha, faults = [] } = files.data
    if (repository === null) return ok('There is no repository for policy files.', { recheckAt })
    if (there.length === 0 && applied.length === 0)
      return ok(`There are no policy files in ${repository}.`, { recheckAt })
    if (tooLarge) return invalid(tooLarge, { recheckAt })
    if (!isReviewed(reviewRules)) {
      const inForce = appliedSha ? ` What was reviewed before, ${short(appliedSha)}, stays in force.` : ''
      const reason = `Not applied: on ${branch} of ${repository} ${whyNotReviewed(reviewRules)}.${inForce}`
      return alarm(reason, { evidence: evidenceOf(reviewRules), recheckAt })
    }
    if (faults.length > 0) return invalid(inWords(faults), { evidence: faults.map(asEvidence), recheckAt })
    if (!sameJson(there, applied)) return tbd(`${short(headSha)} of ${repository} is being applied.`, { recheckAt })
    return ok(`${short(appliedSha)} of ${repository} is in force.`, { evidence: evidenceOf(reviewRules), recheckAt })
  },
})

const short = (sha: string | null | undefined): string => sha?.slice(0, 7) ?? 'nothing'

function inWords(faults: readonly FileFault[]): string {
  const [first, ...others] = faults
  if (!first) return ''
  const more = others.length > 0 ? ` And ${others.length} more.` : ''
  return `${placeInWords(first)}: ${first.message}${more}`
}

const asEvidence = (fault: FileFault): Evidence => ({
  about: placeInWords(fault),
  found: fault.message,
  state: 'invalid',
})
