import { repositoryPushProtection } from '../../../../src/controls/repository/code-security/push-protection.ts'
import { judges } from '../../judges.ts'
import { repositorySaying, securitySaying } from '../../saying.ts'

const features = async (status: 'enabled' | 'disabled') => ({
  facts: await securitySaying({ secret_scanning_push_protection: { status } }),
})
const on = { related: await features('enabled') }
const off = { related: await features('disabled') }
const hidden = { related: { facts: await securitySaying(undefined) } }
const write = (isOn: boolean) => ({
  'PATCH /repos/{owner}/{repo}': {
    owner: 'acme',
    repo: 'web',
    security_and_analysis: { secret_scanning_push_protection: { status: isOn ? 'enabled' : 'disabled' } },
  },
})
const notKnown = 'tbd: Push protection: not known. GitHub shows it only to those who hold `administration: read`.'

judges(repositoryPushProtection, repositorySaying, [
  ['Enabled', {}, 'ok: Push protection: Enabled.', null, on],
  ['Enabled', {}, 'alarm: Push protection: Disabled, not Enabled.', write(true), off],
  ['Disabled', {}, 'ok: Push protection: Disabled.', null, off],
  ['Disabled', {}, 'alarm: Push protection: Enabled, not Disabled.', write(false), on],
  [
    'Enabled',
    {},
    'skipped: Push protection: the plan free has it for public repositories only; GitHub Team has it for all.',
    null,
    { ...off, plan: 'free' },
  ],
  [
    'Enabled',
    { visibility: 'PUBLIC' },
    'alarm: Push protection: Disabled, not Enabled.',
    write(true),
    { ...off, plan: 'free' },
  ],
  ['Enabled', {}, 'alarm: Push protection: Disabled, not Enabled.', write(true), { ...off, plan: 'team' }],
  [
    'Enabled',
    { isFork: true, defaultBranchRef: null },
    'alarm: Push protection: Disabled, not Enabled.',
    write(true),
    off,
  ],
  ['Enabled', { isTemplate: true }, 'ok: Push protection: Enabled.', null, on],
  ['Enabled', { isArchived: true }, 'skipped: The repository is archived, and takes no change.', null, off],
  ['Enabled', {}, notKnown, null, hidden],
  ['Disabled', {}, notKnown, null, hidden],
  ['Disabled', { isArchived: true }, 'skipped: The repository is archived, and takes no change.', null, on],
])
