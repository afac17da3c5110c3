import { memberPrivilegesPagesCreation } from '../../../../src/controls/organization/member-privileges/pages-creation.ts'
import { judges } from '../../judges.ts'
import { organizationSaying } from '../../saying.ts'

const says = (open: boolean, closed: boolean) => ({
  members_can_create_pages: open || closed,
  members_can_create_public_pages: open,
  members_can_create_private_pages: closed,
})
const patch = (change: object) => ({ 'PATCH /orgs/{org}': { org: 'acme', ...change } })
const what = 'Pages creation by members'
const hidden = `tbd: ${what}: not known. GitHub shows it only to those who hold \`organization_administration: read\`.`

judges(memberPrivilegesPagesCreation, organizationSaying, [
  ['Disabled', says(false, false), `ok: ${what}: Disabled.`],
  ['Disabled', says(true, true), `alarm: ${what}: Enabled, not Disabled.`, patch({ members_can_create_pages: false })],
  ['Private only', says(false, true), `ok: ${what}: Private only.`],
  [
    'Private only',
    says(true, true),
    `alarm: ${what}: Enabled, not Private only.`,
    patch({ members_can_create_public_pages: false }),
  ],
  [
    'Private only',
    says(true, true),
    `skipped: ${what}: the plan team has no Private only; GitHub Enterprise Cloud has.`,
    null,
    { plan: 'team' },
  ],
  ['Enabled', says(true, false), `ok: ${what}: Enabled.`],
  [
    'Enabled',
    says(false, false),
    `alarm: ${what}: Disabled, not Enabled.`,
    patch({ members_can_create_pages: true, members_can_create_public_pages: true }),
  ],
  ['Disabled', { ...says(true, true), members_can_create_pages: undefined }, hidden],
  ['Enabled', { ...says(true, true), members_can_create_public_pages: undefined }, hidden],
  ['Private only', { ...says(true, true), members_can_create_private_pages: undefined }, hidden],
])
