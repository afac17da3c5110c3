import { organizationTwoFactorRequirement } from '../../../src/controls/organization/two-factor-requirement.ts'
import { judges } from '../judges.ts'
import { organizationSaying } from '../saying.ts'

const says = (isRequired: boolean | null | undefined) => ({ two_factor_requirement_enabled: isRequired })
const what = 'Two-factor requirement'
const hidden = `tbd: ${what}: not known. GitHub shows it only to those who hold \`organization_administration: read\`.`

judges(organizationTwoFactorRequirement, organizationSaying, [
  ['Enabled', says(true), `ok: ${what}: Enabled.`],
  ['Enabled', says(false), `alarm: ${what}: twoFactorRequirementEnabled false, not Enabled.`],
  ['Enabled', says(null), hidden],
  ['Enabled', says(undefined), hidden],
])
