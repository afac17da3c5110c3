import { organizationSetting } from '../organization-setting.ts'

export const organizationTwoFactorRequirement = organizationSetting({
  path: 'GitHub > Organization > Two-Factor Requirement',
  title: 'Nobody is in the organization without two-factor authentication.',
  risk: 'One stolen password opens the organization.',
  advice:
    'An owner of the organization sets it under Settings → Authentication security → ' +
    'Require two-factor authentication. Who does not use it then loses access: see who that is first.',
  marks: {
    CIS: '1.3.5',
    Legitify: 'two_factor_authentication_not_required_for_org',
    Prowler: 'organization_members_mfa_required',
  },
  what: 'Two-factor requirement',
  means: { Enabled: { twoFactorRequirementEnabled: true } },
  isManual: true,
})
