import { memberPrivilegesRepositoryCreation } from '../../../../src/controls/organization/member-privileges/repository-creation.ts'
import { judges } from '../../judges.ts'
import { organizationSaying } from '../../saying.ts'

const says = (open: boolean, closed: boolean, internal: boolean) => ({
  members_can_create_repositories: open || closed || internal,
  members_can_create_public_repositories: open,
  members_can_create_private_repositories: closed,
  members_can_create_internal_repositories: internal,
})
const patch = (change: object) => ({ 'PATCH /orgs/{org}': { org: 'acme', ...change } })
const what = 'Repository creation by members'
const hidden = `tbd: ${what}: not known. GitHub shows it only to those who hold \`organization_administration: read\`.`

judges(memberPrivilegesRepositoryCreation, organizationSaying, [
  ['Disabled', says(false, false, false), `ok: ${what}: Disabled.`],
  [
    'Disabled',
    says(true, true, false),
    `alarm: ${what}: Enabled, not Disabled.`,
    patch({
      members_can_create_repositories: false,
      members_can_create_public_repositories: false,
      members_can_create_private_repositories: false,
    }),
  ],
  [
    'Disabled',
    says(false, false, true),
    `alarm: ${what}: membersCanCreateRepositories true, membersCanCreatePublicRepositories false, membersCanCreatePrivateRepositories false, membersCanCreateInternalRepositories true, not Disabled.`,
    patch({ members_can_create_repositories: false, members_can_create_internal_repositories: false }),
  ],
  ['Private only', says(false, true, false), `ok: ${what}: Private only.`, null, { plan: 'team' }],
  [
    'Private only',
    says(true, true, false),
    `alarm: ${what}: Enabled, not Private only.`,
    patch({ members_can_create_public_repositories: false }),
    { plan: 'enterprise' },
  ],
  [
    'Private only',
    says(true, true, false),
    `skipped: ${what}: the plan team has no Private only; GitHub Enterprise Cloud has.`,
    null,
    { plan: 'team' },
  ],
  ['Private and internal', says(false, true, true), `ok: ${what}: Private and internal.`],
  [
    'Private and internal',
    says(false, true, false),
    `alarm: ${what}: Private only, not Private and internal.`,
    patch({ members_can_create_internal_repositories: true }),
    { plan: 'business_plus' },
  ],
  [
    'Private and internal',
    says(true, true, false),
    `skipped: ${what}: the plan free has no Private and internal; GitHub Enterprise Cloud has.`,
    null,
    { plan: 'free' },
  ],
  ['Enabled', says(true, true, false), `ok: ${what}: Enabled.`],
  ['Enabled', says(true, true, true), `ok: ${what}: Enabled.`],
  [
    'Enabled',
    says(false, false, false),
    `alarm: ${what}: Disabled, not Enabled.`,
    patch({ members_can_create_public_repositories: true, members_can_create_private_repositories: true }),
  ],
  ['Enabled', { ...says(true, true, true), members_can_create_public_repositories: undefined }, hidden],
  ['Disabled', { ...says(true, true, true), members_can_create_internal_repositories: null }, hidden],
  ['Private only', { ...says(true, true, true), members_can_create_private_repositories: undefined }, hidden],
  ['Private and internal', { ...says(true, true, true), members_can_create_internal_repositories: null }, hidden],
])
