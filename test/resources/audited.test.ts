import { expect, it } from '@jest/globals'
import type { AuditEntry } from '../../src/model/audit-log.ts'
import { audited, typesAbout } from '../../src/resources/audited.ts'
import { resourceTypes } from '../../src/resources/index.ts'

const entry = (action: string, repository: string | null): AuditEntry => ({
  id: 'a',
  action,
  actor: 'mona',
  at: 1,
  repository,
  repositoryId: null,
  user: null,
})

it.each([
  ['org.update_default_repository_permission', null, ['GitHub > Organization']],
  ['private_repository_forking.enable', null, ['GitHub > Organization']],
  ['private_repository_forking.enable', 'acme/web', ['GitHub > Repository']],
  ['org.set_default_workflow_permissions', null, ['GitHub > Actions Policy']],
  ['org.update_member', null, ['GitHub > Member']],
  ['hook.config_changed', null, ['GitHub > Organization Webhook']],
  ['hook.config_changed', 'acme/web', []],
  ['integration_installation.create', null, ['GitHub > App Installation']],
  ['repository_ruleset.update', null, ['GitHub > Organization Ruleset']],
  ['repository_ruleset.update', 'acme/web', ['GitHub > Repository Ruleset']],
  ['protected_branch.update_required_approving_review_count', 'acme/web', ['GitHub > Branch Protection Rule']],
  ['protected_branch.policy_override', 'acme/web', []],
  ['repo.change_merge_setting', 'acme/web', ['GitHub > Repository']],
  ['repo.set_default_workflow_permissions', 'acme/web', ['GitHub > Repository Actions Policy']],
  ['repo.update_actions_settings', 'acme/web', ['GitHub > Repository Actions Policy']],
  ['repo.actions_enabled', 'acme/web', ['GitHub > Repository Actions Policy']],
  ['repo.download_zip', 'acme/web', []],
  ['org.sso_response', null, []],
  ['orgs.update_member', null, []],
  ['org_update_member', null, []],
])('%s of %s is about %j', (action, repository, types) => {
  expect(typesAbout(entry(action, repository)).map(({ type }) => type)).toEqual(types)
})

it('names types that there are', () => {
  const known = new Set(resourceTypes.map(({ type }) => type))
  expect(audited.filter(({ type }) => !known.has(type))).toEqual([])
})
