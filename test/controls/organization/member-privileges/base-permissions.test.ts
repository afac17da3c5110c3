import { memberPrivilegesBasePermissions } from '../../../../src/controls/organization/member-privileges/base-permissions.ts'
import { judges } from '../../judges.ts'
import { organizationSaying } from '../../saying.ts'

const patch = (permission: string) => ({
  'PATCH /orgs/{org}': { org: 'acme', default_repository_permission: permission },
})
const says = (permission: string | null | undefined) => ({ default_repository_permission: permission })
const hidden =
  'tbd: Base permissions: not known. GitHub shows it only to those who hold `organization_administration: read`.'

judges(memberPrivilegesBasePermissions, organizationSaying, [
  ['None', says('none'), 'ok: Base permissions: None.'],
  ['None', says('read'), 'alarm: Base permissions: Read, not None.', patch('none')],
  ['Read', says('read'), 'ok: Base permissions: Read.'],
  ['Read', says('none'), 'alarm: Base permissions: None, not Read.', patch('read')],
  ['Read', says('admin'), 'alarm: Base permissions: Admin, not Read.', patch('read')],
  ['Write', says('write'), 'ok: Base permissions: Write.'],
  ['Write', says('read'), 'alarm: Base permissions: Read, not Write.', patch('write')],
  ['Admin', says('admin'), 'ok: Base permissions: Admin.'],
  ['Admin', says('write'), 'alarm: Base permissions: Write, not Admin.', patch('admin')],
  [
    'Read',
    says('of tomorrow'),
    'alarm: Base permissions: defaultRepositoryPermission of tomorrow, not Read.',
    patch('read'),
  ],
  ['Read', says(undefined), hidden],
  ['Read', says(null), hidden],
  ['None', says(undefined), hidden],
  ['Write', says(undefined), hidden],
  ['Admin', says(undefined), hidden],
])
