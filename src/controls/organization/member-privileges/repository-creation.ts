import { organizationSetting } from '../../organization-setting.ts'

export const memberPrivilegesRepositoryCreation = organizationSetting({
  path: 'GitHub > Organization > Member Privileges > Repository Creation',
  title: 'Members create only repositories of the kinds that the policy allows.',
  risk: 'A member makes code public, by mistake or on purpose, or works where nobody looks.',
  advice: 'An owner of the organization sets it under Settings → Member privileges → Repository creation.',
  marks: {
    CIS: '1.2.2',
    Legitify: 'non_admins_can_create_public_repositories',
    Prowler: 'organization_repository_creation_limited',
  },
  what: 'Repository creation by members',
  means: {
    Disabled: {
      membersCanCreateRepositories: false,
      membersCanCreatePublicRepositories: false,
      membersCanCreatePrivateRepositories: false,
      membersCanCreateInternalRepositories: false,
    },
    'Private only': {
      membersCanCreatePublicRepositories: false,
      membersCanCreatePrivateRepositories: true,
      membersCanCreateInternalRepositories: false,
    },
    'Private and internal': {
      membersCanCreatePublicRepositories: false,
      membersCanCreatePrivateRepositories: true,
      membersCanCreateInternalRepositories: true,
    },
    // Internal ones exist in enterprises only: whether there are any is not asked here.
    Enabled: { membersCanCreatePublicRepositories: true, membersCanCreatePrivateRepositories: true },
  },
  // https://docs.github.com/organizations/managing-organization-settings/restricting-repository-creation-in-your-organization
  enterprise: ['Private only', 'Private and internal'],
})
