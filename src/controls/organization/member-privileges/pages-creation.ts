import { organizationSetting } from '../../organization-setting.ts'

export const memberPrivilegesPagesCreation = organizationSetting({
  path: 'GitHub > Organization > Member Privileges > Pages Creation',
  title: 'Members publish only sites of the kinds that the policy allows.',
  risk: 'What is in a private repository is published to everybody as a site.',
  advice:
    'An owner of the organization sets it under Settings → Member privileges → Pages creation. ' +
    'Sites that are published already stay.',
  what: 'Pages creation by members',
  means: {
    Disabled: { membersCanCreatePages: false },
    'Private only': { membersCanCreatePublicPages: false, membersCanCreatePrivatePages: true },
    // Private sites are GitHub Enterprise Cloud's only: whether there are any is not asked here.
    Enabled: { membersCanCreatePages: true, membersCanCreatePublicPages: true },
  },
  // https://docs.github.com/enterprise-cloud@latest/pages/getting-started-with-github-pages/changing-the-visibility-of-your-github-pages-site
  enterprise: ['Private only'],
})
