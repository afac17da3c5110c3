/** An organization's settings. None of their changes is told by any event. */
export interface OrganizationSettings {
  name: string | null
  description: string | null
  company: string | null
  blog: string | null
  location: string | null
  email: string | null
  twitterUsername: string | null
  billingEmail: string
  hasOrganizationProjects: boolean
  hasRepositoryProjects: boolean
  defaultRepositoryPermission: 'none' | 'read' | 'write' | 'admin'
  twoFactorRequirementEnabled: boolean
  membersCanCreateRepositories: boolean
  membersCanCreatePublicRepositories: boolean
  membersCanCreatePrivateRepositories: boolean
  membersCanCreateInternalRepositories: boolean
  membersAllowedRepositoryCreationType: string
  membersCanCreatePages: boolean
  membersCanCreatePublicPages: boolean
  membersCanCreatePrivatePages: boolean
  membersCanDeleteRepositories: boolean
  membersCanChangeRepoVisibility: boolean
  membersCanInviteOutsideCollaborators: boolean
  membersCanDeleteIssues: boolean
  membersCanCreateTeams: boolean
  membersCanForkPrivateRepositories: boolean
  membersCanViewDependencyInsights: boolean
  displayCommenterFullNameSettingEnabled: boolean
  readersCanCreateDiscussions: boolean
  webCommitSignoffRequired: boolean
  deployKeysEnabledForRepositories: boolean
  advancedSecurityEnabledForNewRepositories: boolean
  dependabotAlertsEnabledForNewRepositories: boolean
  dependabotSecurityUpdatesEnabledForNewRepositories: boolean
  dependencyGraphEnabledForNewRepositories: boolean
  secretScanningEnabledForNewRepositories: boolean
  secretScanningPushProtectionEnabledForNewRepositories: boolean
}

/** What a new organization on github.com has. */
export const newOrganizationSettings = (login: string): OrganizationSettings => ({
  name: null,
  description: null,
  company: null,
  blog: null,
  location: null,
  email: null,
  twitterUsername: null,
  billingEmail: `billing@${login.toLowerCase()}.example`,
  hasOrganizationProjects: true,
  hasRepositoryProjects: true,
  defaultRepositoryPermission: 'read',
  twoFactorRequirementEnabled: false,
  membersCanCreateRepositories: true,
  membersCanCreatePublicRepositories: true,
  membersCanCreatePrivateRepositories: true,
  membersCanCreateInternalRepositories: false,
  membersAllowedRepositoryCreationType: 'all',
  membersCanCreatePages: true,
  membersCanCreatePublicPages: true,
  membersCanCreatePrivatePages: true,
  membersCanDeleteRepositories: true,
  membersCanChangeRepoVisibility: true,
  membersCanInviteOutsideCollaborators: true,
  membersCanDeleteIssues: false,
  membersCanCreateTeams: true,
  membersCanForkPrivateRepositories: false,
  membersCanViewDependencyInsights: true,
  displayCommenterFullNameSettingEnabled: false,
  readersCanCreateDiscussions: true,
  webCommitSignoffRequired: false,
  deployKeysEnabledForRepositories: true,
  advancedSecurityEnabledForNewRepositories: false,
  dependabotAlertsEnabledForNewRepositories: false,
  dependabotSecurityUpdatesEnabledForNewRepositories: false,
  dependencyGraphEnabledForNewRepositories: false,
  secretScanningEnabledForNewRepositories: false,
  secretScanningPushProtectionEnabledForNewRepositories: false,
})

/** The settings that everybody sees on the organization's page; all others are the owners' business. */
export const publicSettings = [
  'name',
  'description',
  'company',
  'blog',
  'location',
  'email',
  'twitterUsername',
  'hasOrganizationProjects',
  'hasRepositoryProjects',
] as const satisfies readonly (keyof OrganizationSettings)[]

/** A setting's name as REST writes it. */
export const restName = (setting: string): string => setting.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
