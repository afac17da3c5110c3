import { organizationSetting } from '../../organization-setting.ts'

export const memberPrivilegesRepositoryForking = organizationSetting({
  path: 'GitHub > Organization > Member Privileges > Repository Forking',
  title: 'Private repositories are forked only where the policy allows it.',
  risk: 'Private code is copied to where the organization sees and protects nothing.',
  advice: 'An owner of the organization sets it under Settings → Member privileges → Repository forking.',
  marks: { Legitify: 'forking_allowed_for_repository' },
  what: 'Repository forking',
  means: {
    'Deny forking of private repositories': { membersCanForkPrivateRepositories: false },
    'Allow forking of private repositories': { membersCanForkPrivateRepositories: true },
  },
})
