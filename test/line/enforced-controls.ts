import type { Hook } from '../../src/simulator/hook.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import type { OrganizationSettings } from '../../src/simulator/organization-settings.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import type { RepositorySettings } from '../../src/simulator/repository-settings.ts'
import type { Guarded } from '../support/guarded.ts'

/** What there is on GitHub that the controls are about. Of some repositories only what is named is asked. */
export interface Stage {
  readonly org: Organization
  /** Public, as private vulnerability reporting is. */
  readonly web: Repository
  /** Private; asked to be public. */
  readonly shop: Repository
  /** Private; not to be forked. */
  readonly vault: Repository
  readonly ci: Hook
}

/** One control under Enforce. */
export interface EnforcedControl {
  readonly path: string
  readonly value: string
  /** Of its sub-policies. */
  readonly values?: Readonly<Record<string, string | readonly string[]>>
  /** Absent: the organization. */
  readonly repository?: 'web' | 'shop' | 'vault'
  /** How somebody has it otherwise. */
  readonly undo: (stage: Stage) => void
  /** Whether GitHub is as asked. */
  readonly isDone: (stage: Stage) => boolean
  /** The one call that does it, as GitHub's documentation writes it. */
  readonly call: RegExp
}

const organization = (
  path: string,
  value: string,
  setting: keyof OrganizationSettings,
  [right, wrong]: readonly [unknown, unknown],
): EnforcedControl => ({
  path: `GitHub > Organization > ${path}`,
  value,
  undo: ({ org }) => org.set({ [setting]: wrong }),
  isDone: ({ org }) => org.settings[setting] === right,
  call: /^PATCH \/orgs\/\{org\}$/,
})

const repository = (
  path: string,
  value: string,
  setting: keyof RepositorySettings,
  right: unknown,
  call: string,
  name: 'web' | 'vault' = 'web',
): EnforcedControl => ({
  path: `GitHub > Repository > ${path}`,
  value,
  repository: name,
  undo: (stage) => stage[name].set({ [setting]: typeof right === 'boolean' ? !right : 'read' }),
  isDone: (stage) => stage[name].settings[setting] === right,
  call: new RegExp(`^${call.replace(/[{}/]/g, '\\$&')}$`),
})

const patch = 'PATCH /repos/{owner}/{repo}'
const one = '/repos/{owner}/{repo}'

/** Every control that can enforce, but for the webhook of Guardpost itself: that is its own, and nothing holds it up. */
export const enforcedControls: readonly EnforcedControl[] = [
  {
    path: 'GitHub > Organization > Blocked Users',
    value: 'Block Users',
    values: { Usernames: ['mallory'] },
    undo: ({ org }) => org.unblock('mallory'),
    isDone: ({ org }) => [...org.blockedUsers].some(({ login }) => login === 'mallory'),
    call: /^PUT \/orgs\/\{org\}\/blocks\/\{username\}$/,
  },
  {
    path: 'GitHub > Organization > Webhooks > Secure',
    value: 'Secure',
    undo: ({ ci }) => ci.update({ insecureSsl: '1' }),
    isDone: ({ ci }) => ci.config.insecureSsl === '0',
    call: /^PATCH \/orgs\/\{org\}\/hooks\/\{hook_id\}\/config$/,
  },
  {
    path: 'GitHub > Organization > Actions > Default Token',
    value: 'Write',
    undo: ({ org }) => org.setActions({ defaultWorkflowPermissions: 'read' }),
    isDone: ({ org }) => org.actions.defaultWorkflowPermissions === 'write',
    call: /^PUT \/orgs\/\{org\}\/actions\/permissions\/workflow$/,
  },
  organization('Deploy Keys > Enabled', 'Disabled', 'deployKeysEnabledForRepositories', [false, true]),
  organization('Member Privileges > Base Permissions', 'None', 'defaultRepositoryPermission', ['none', 'write']),
  {
    path: 'GitHub > Organization > Member Privileges > Pages Creation',
    value: 'Disabled',
    // The whole is so where one of its parts is.
    undo: ({ org }) => org.set({ membersCanCreatePages: true, membersCanCreatePublicPages: true }),
    isDone: ({ org }) => !org.settings.membersCanCreatePages,
    call: /^PATCH \/orgs\/\{org\}$/,
  },
  organization('Member Privileges > Repository Creation', 'Disabled', 'membersCanCreatePublicRepositories', [
    false,
    true,
  ]),
  organization(
    'Member Privileges > Repository Forking',
    'Allow forking of private repositories',
    'membersCanForkPrivateRepositories',
    [true, false],
  ),
  organization('Web Commit Signoff', 'Enabled', 'webCommitSignoffRequired', [true, false]),
  {
    path: 'GitHub > Repository > Visibility',
    value: 'Public',
    repository: 'shop',
    undo: ({ shop }) => shop.setVisibility('private'),
    isDone: ({ shop }) => shop.visibility === 'public',
    call: /^PATCH \/repos\/\{owner\}\/\{repo\}$/,
  },
  {
    path: 'GitHub > Repository > Default Branch',
    value: 'Set to `Default Branch > Name`',
    repository: 'web',
    undo: ({ web }) => web.edit({ defaultBranch: 'trunk' }),
    isDone: ({ web }) => web.defaultBranch === 'main',
    call: /^(PATCH \/repos\/\{owner\}\/\{repo\}|POST \/repos\/\{owner\}\/\{repo\}\/branches\/\{branch\}\/rename)$/,
  },
  {
    path: 'GitHub > Repository > Pull Request > Merge Configuration',
    value: 'Enabled per `Merge Configuration > Settings`',
    values: { Settings: ['Squash Merge'] },
    repository: 'web',
    undo: ({ web }) => web.set({ allowRebaseMerge: true }),
    isDone: ({ web: { settings } }) => settings.allowSquashMerge && !settings.allowRebaseMerge,
    call: /^PATCH \/repos\/\{owner\}\/\{repo\}$/,
  },
  repository('Pull Request > Delete Branch on Merge', 'Enabled', 'deleteBranchOnMerge', true, patch),
  repository('Discussions > Enabled', 'Enabled', 'hasDiscussions', true, 'mutation UpdateRepository'),
  repository('Projects > Enabled', 'Disabled', 'hasProjects', false, patch),
  repository('Wikis > Enabled', 'Disabled', 'hasWiki', false, patch),
  repository('Issues > Enabled', 'Disabled', 'hasIssues', false, patch),
  repository('Forking > Enabled', 'Disabled', 'allowForking', false, patch, 'vault'),
  repository('Web Commit Signoff', 'Enabled', 'webCommitSignoffRequired', true, patch),
  repository('Dependabot > Alerts', 'Enabled', 'vulnerabilityAlerts', true, `PUT ${one}/vulnerability-alerts`),
  repository(
    'Dependabot > Security Updates',
    'Enabled',
    'dependabotSecurityUpdates',
    true,
    `PUT ${one}/automated-security-fixes`,
  ),
  repository('Code Security > Secret Scanning', 'Enabled', 'secretScanning', true, patch),
  repository('Code Security > Push Protection', 'Enabled', 'secretScanningPushProtection', true, patch),
  repository(
    'Code Security > Private Vulnerability Reporting',
    'Enabled',
    'privateVulnerabilityReporting',
    true,
    `PUT ${one}/private-vulnerability-reporting`,
  ),
  repository(
    'Actions > Default Token',
    'Write',
    'defaultWorkflowPermissions',
    'write',
    `PUT ${one}/actions/permissions/workflow`,
  ),
]

/** All of it otherwise than is asked. */
export function setStage({ org }: Guarded): Stage {
  org.plan = 'team'
  const web = org.createRepository({ name: 'web', visibility: 'public', defaultBranch: 'trunk' })
  const shop = org.createRepository({ name: 'shop' })
  const vault = org.createRepository({ name: 'vault' })
  const ci = org.createHook({ url: 'https://ci.example/hook', events: ['push'], secret: 'known to it' })
  const stage = { org, web, shop, vault, ci }
  for (const { undo } of enforcedControls) undo(stage)
  return stage
}
