import { organizationSetting } from '../../organization-setting.ts'

export const memberPrivilegesBasePermissions = organizationSetting({
  path: 'GitHub > Organization > Member Privileges > Base Permissions',
  title: 'Every member may do to each repository what the policy says, and no more.',
  risk: 'Whoever joins the organization, or takes over one account in it, can read or change all of its repositories.',
  advice:
    'An owner of the organization sets it under Settings → Member privileges → Base permissions. ' +
    'Give teams and people what they need besides before it is lowered.',
  marks: {
    CIS: '1.3.8',
    Legitify: 'default_repository_permission_is_not_none',
    Prowler: 'organization_default_repository_permission_strict',
  },
  what: 'Base permissions',
  means: {
    None: { defaultRepositoryPermission: 'none' },
    Read: { defaultRepositoryPermission: 'read' },
    Write: { defaultRepositoryPermission: 'write' },
    Admin: { defaultRepositoryPermission: 'admin' },
  },
})
