import { organizationSetting } from '../../organization-setting.ts'

export const organizationDeployKeysEnabled = organizationSetting({
  path: 'GitHub > Organization > Deploy Keys > Enabled',
  title: 'Repositories have deploy keys only where the policy allows them.',
  risk: 'A key that belongs to nobody and never expires reads, or writes, a repository from anywhere.',
  advice:
    'An owner of the organization sets it under Settings → Deploy keys. ' +
    'Keys that are in use stop working once it is disabled: give those machines a GitHub App first.',
  what: 'Deploy keys',
  means: {
    Enabled: { deployKeysEnabledForRepositories: true },
    Disabled: { deployKeysEnabledForRepositories: false },
  },
})
