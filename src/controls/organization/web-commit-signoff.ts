import { organizationSetting } from '../organization-setting.ts'

export const organizationWebCommitSignoff = organizationSetting({
  path: 'GitHub > Organization > Web Commit Signoff',
  title: 'Whoever commits on the web signs off, in all repositories, where the policy asks for it.',
  risk: 'Commits come without their author’s word that they may be given.',
  advice: 'An owner of the organization sets it under Settings → Repository → Repository defaults → Commit signoff.',
  what: 'Web commit signoff',
  means: {
    Enabled: { webCommitSignoffRequired: true },
    Disabled: { webCommitSignoffRequired: false },
  },
})
