import { repositorySecretScanning } from '../../../../src/controls/repository/code-security/secret-scanning.ts'
import { judges } from '../../judges.ts'
import { repositorySaying, securitySaying } from '../../saying.ts'

const features = async (status: 'enabled' | 'disabled') => ({
  facts: await securitySaying({ secret_scanning: { status } }),
})
const on = { related: await features('enabled') }
const off = { related: await features('disabled') }
const hidden = { related: { facts: await securitySaying(undefined) } }
const write = (isOn: boolean) => ({
  'PATCH /repos/{owner}/{repo}': {
    owner: 'acme',
    repo: 'web',
    security_and_analysis: { secret_scanning: { status: isOn ? 'enabled' : 'disabled' } },
  },
})
const notKnown = 'tbd: Secret scanning: not known. GitHub shows it only to those who hold `administration: read`.'

judges(repositorySecretScanning, repositorySaying, [
  ['Enabled', {}, 'ok: Secret scanning: Enabled.', null, on],
  ['Enabled', {}, 'alarm: Secret scanning: Disabled, not Enabled.', write(true), off],
  ['Disabled', {}, 'ok: Secret scanning: Disabled.', null, off],
  ['Disabled', {}, 'alarm: Secret scanning: Enabled, not Disabled.', write(false), on],
  [
    'Enabled',
    {},
    'skipped: Secret scanning: the plan free has it for public repositories only; GitHub Team has it for all.',
    null,
    { ...off, plan: 'free' },
  ],
  [
    'Enabled',
    { visibility: 'PUBLIC' },
    'alarm: Secret scanning: Disabled, not Enabled.',
    write(true),
    { ...off, plan: 'free' },
  ],
  ['Enabled', {}, 'alarm: Secret scanning: Disabled, not Enabled.', write(true), { ...off, plan: 'team' }],
  [
    'Enabled',
    { isFork: true, defaultBranchRef: null },
    'alarm: Secret scanning: Disabled, not Enabled.',
    write(true),
    off,
  ],
  ['Enabled', { isTemplate: true }, 'ok: Secret scanning: Enabled.', null, on],
  ['Enabled', { isArchived: true }, 'skipped: The repository is archived, and takes no change.', null, off],
  ['Enabled', {}, notKnown, null, hidden],
  ['Disabled', {}, notKnown, null, hidden],
  ['Disabled', { isArchived: true }, 'skipped: The repository is archived, and takes no change.', null, on],
])
