import { repositoryDependabotSecurityUpdates } from '../../../../src/controls/repository/dependabot/security-updates.ts'
import { judges } from '../../judges.ts'
import { repositorySaying, securitySaying } from '../../saying.ts'

const features = async (status: 'enabled' | 'disabled') => ({
  facts: await securitySaying({ dependabot_security_updates: { status } }),
})
const on = { related: await features('enabled') }
const off = { related: await features('disabled') }
const hidden = { related: { facts: await securitySaying(undefined) } }
const write = (isOn: boolean) => ({
  [`${isOn ? 'PUT' : 'DELETE'} /repos/{owner}/{repo}/automated-security-fixes`]: { owner: 'acme', repo: 'web' },
})
const notKnown =
  'tbd: Dependabot security updates: not known. GitHub shows it only to those who hold `administration: read`.'

judges(repositoryDependabotSecurityUpdates, repositorySaying, [
  ['Enabled', {}, 'ok: Dependabot security updates: Enabled.', null, on],
  ['Enabled', {}, 'alarm: Dependabot security updates: Disabled, not Enabled.', write(true), off],
  ['Disabled', {}, 'ok: Dependabot security updates: Disabled.', null, off],
  ['Disabled', {}, 'alarm: Dependabot security updates: Enabled, not Disabled.', write(false), on],
  [
    'Enabled',
    { isFork: true, defaultBranchRef: null },
    'alarm: Dependabot security updates: Disabled, not Enabled.',
    write(true),
    off,
  ],
  ['Enabled', { isTemplate: true }, 'ok: Dependabot security updates: Enabled.', null, on],
  ['Enabled', { isArchived: true }, 'skipped: The repository is archived, and takes no change.', null, off],
  ['Enabled', {}, notKnown, null, hidden],
  ['Disabled', {}, notKnown, null, hidden],
  ['Disabled', { isArchived: true }, 'skipped: The repository is archived, and takes no change.', null, on],
])
