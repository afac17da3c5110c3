import { asks, type PolicyAnswer } from '../../model/policy.ts'
import type { PolicyPack } from '../../model/policy-pack.ts'

const [organization, repository] = ['GitHub > Organization', 'GitHub > Repository']

/** A pack that asks one thing, in one or two policies. */
const pack = (
  name: string,
  title: string,
  description: string,
  ...rules: readonly (readonly [string, PolicyAnswer])[]
): PolicyPack => ({ name, title, description, settings: rules.map(([path, value]) => asks(path, value)) })

const members = `${organization} > Member Privileges`
const merging = `${repository} > Pull Request > Merge Configuration`

/** What organizations ask most often. Each looks, and changes nothing: to have it set right, ask for it by `Enforce`. */
export const singlePacks: readonly PolicyPack[] = [
  pack('blocked-users', 'Unwanted users are blocked', 'Name them in `Blocked Users > Usernames`.', [
    `${organization} > Blocked Users`,
    'Check: Block Users',
  ]),
  pack('no-deploy-keys', 'No deploy keys', 'Machines come as Apps, not with keys that belong to nobody.', [
    `${organization} > Deploy Keys > Enabled`,
    'Check: Disabled',
  ]),
  pack('read-base-permissions', 'Members read, and no more', 'What members may do beyond that is given by teams.', [
    `${members} > Base Permissions`,
    'Check: Read',
  ]),
  pack('no-repository-creation', 'Only owners create repositories', 'Members ask for the repositories they need.', [
    `${members} > Repository Creation`,
    'Check: Disabled',
  ]),
  pack(
    'no-forks-of-private-repositories',
    'Private repositories are not forked',
    'Private code stays where it is guarded.',
    [`${members} > Repository Forking`, 'Check: Deny forking of private repositories'],
  ),
  pack('no-pages-creation', 'Only owners publish sites', 'Nothing is published by mistake.', [
    `${members} > Pages Creation`,
    'Check: Disabled',
  ]),
  pack('private-repositories', 'Repositories are private', 'Only who was given access reads them.', [
    `${repository} > Visibility`,
    'Check: Private',
  ]),
  pack(
    'default-branch-name',
    'The default branch is main',
    'Tools and people find it by the same name everywhere.',
    [`${repository} > Default Branch`, 'Check: Set to `Default Branch > Name`'],
    [`${repository} > Default Branch > Name`, 'main'],
  ),
  pack('delete-branch-on-merge', 'Merged branches go', 'What is merged does not stay as a branch.', [
    `${repository} > Pull Request > Delete Branch on Merge`,
    'Check: Enabled',
  ]),
  pack('no-delete-branch-on-merge', 'Merged branches stay', 'What was merged can be gone back to.', [
    `${repository} > Pull Request > Delete Branch on Merge`,
    'Check: Disabled',
  ]),
  pack(
    'merge-configuration',
    'Pull requests are merged in every way',
    'Merge commits, squashing and rebasing are all open.',
    [merging, 'Check: Enabled per `Merge Configuration > Settings`'],
    [`${merging} > Settings`, ['Merge Commit', 'Rebase Merge', 'Squash Merge']],
  ),
  pack('discussions', 'Repositories have discussions', 'People have somewhere to ask.', [
    `${repository} > Discussions > Enabled`,
    'Check: Enabled',
  ]),
  pack('projects', 'Repositories have projects', 'Work is planned next to the code.', [
    `${repository} > Projects > Enabled`,
    'Check: Enabled',
  ]),
  pack('wikis', 'Repositories have wikis', 'What is known is written next to the code.', [
    `${repository} > Wikis > Enabled`,
    'Check: Enabled',
  ]),
  pack('forking', 'Repositories may be forked', 'Whoever sees the code may work on a copy.', [
    `${repository} > Forking > Enabled`,
    'Check: Enabled',
  ]),
  pack('dependabot-alerts', 'Dependabot alerts', 'What is known to be vulnerable is told.', [
    `${repository} > Dependabot > Alerts`,
    'Check: Enabled',
  ]),
  pack('no-dependabot-alerts', 'No Dependabot alerts', 'Another tool tells what is vulnerable.', [
    `${repository} > Dependabot > Alerts`,
    'Check: Disabled',
  ]),
  pack('dependabot-security-updates', 'Dependabot security updates', 'What is vulnerable is proposed to be updated.', [
    `${repository} > Dependabot > Security Updates`,
    'Check: Enabled',
  ]),
  pack('no-dependabot-security-updates', 'No Dependabot security updates', 'Another tool proposes updates.', [
    `${repository} > Dependabot > Security Updates`,
    'Check: Disabled',
  ]),
  pack('secret-scanning', 'Secrets in commits are found', 'What leaked is known before somebody uses it.', [
    `${repository} > Code Security > Secret Scanning`,
    'Check: Enabled',
  ]),
  pack('push-protection', 'Pushes that hold a secret are refused', 'What is refused never has to be revoked.', [
    `${repository} > Code Security > Push Protection`,
    'Check: Enabled',
  ]),
]
