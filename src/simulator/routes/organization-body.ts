import { Refusal } from '../http/refusal.ts'
import type { Organization } from '../organization.ts'
import { type OrganizationSettings, restName } from '../organization-settings.ts'

/** What GitHub shows, and has no parameter for (https://docs.github.com/rest/orgs/orgs#update-an-organization). */
const shownOnly: ReadonlySet<string> = new Set<keyof OrganizationSettings>([
  'twoFactorRequirementEnabled',
  'membersCanDeleteRepositories',
  'membersCanChangeRepoVisibility',
  'membersCanInviteOutsideCollaborators',
  'membersCanDeleteIssues',
  'membersCanCreateTeams',
  'membersCanViewDependencyInsights',
  'displayCommenterFullNameSettingEnabled',
  'readersCanCreateDiscussions',
])

const named = (body: Readonly<Record<string, unknown>>, settings: OrganizationSettings) => {
  const keys = Object.keys(settings).filter((key) => !shownOnly.has(key) && body[restName(key)] !== undefined)
  return Object.fromEntries(keys.map((key) => [key, body[restName(key)]])) as Partial<OrganizationSettings>
}

/** The whole of what members may create, and its parts, follow each other. */
function followed(change: Partial<OrganizationSettings>, before: OrganizationSettings): Partial<OrganizationSettings> {
  const { membersCanCreateRepositories: repositories, membersCanCreatePages: pages } = change
  const parts = {
    ...(repositories === false && {
      membersCanCreatePublicRepositories: false,
      membersCanCreatePrivateRepositories: false,
      membersCanCreateInternalRepositories: false,
    }),
    ...(pages !== undefined && { membersCanCreatePublicPages: pages, membersCanCreatePrivatePages: pages }),
    ...change,
  }
  const after = { ...before, ...parts }
  return {
    ...parts,
    membersCanCreateRepositories:
      after.membersCanCreatePublicRepositories ||
      after.membersCanCreatePrivateRepositories ||
      after.membersCanCreateInternalRepositories,
    membersCanCreatePages: after.membersCanCreatePublicPages || after.membersCanCreatePrivatePages,
  }
}

const isEnterprise = ({ plan }: Organization): boolean => plan === 'enterprise' || plan === 'business'

/** To let members have private things but no public ones, or internal ones, is for enterprises; GitHub's words are inferred. */
function refuseByPlan(organization: Organization, asked: object, after: OrganizationSettings): void {
  if (isEnterprise(organization)) return
  const names = Object.keys(asked).join()
  const isPrivateOnly = after.membersCanCreatePrivateRepositories && !after.membersCanCreatePublicRepositories
  const arePagesPrivate = after.membersCanCreatePrivatePages && !after.membersCanCreatePublicPages
  if (
    (names.includes('Repositories') && (isPrivateOnly || after.membersCanCreateInternalRepositories)) ||
    (names.includes('Pages') && arePagesPrivate)
  )
    throw new Refusal(403, 'Upgrade to GitHub Enterprise to enable this feature.')
}

/** The settings that the body changes; throws GitHub's refusal of what the plan does not have. */
export function changedSettings(
  organization: Organization,
  body: Readonly<Record<string, unknown>>,
): Partial<OrganizationSettings> {
  const asked = named(body, organization.settings)
  const change = followed(asked, organization.settings)
  refuseByPlan(organization, asked, { ...organization.settings, ...change })
  return change
}
