import type { RepositoryActionsPolicyData } from '../../../resources/repository-actions-policy.ts'
import { repositorySetting } from '../../repository-setting.ts'

export const repositoryActionsDefaultToken = repositorySetting<RepositoryActionsPolicyData>({
  path: 'GitHub > Repository > Actions > Default Token',
  title: 'A workflow that asks for nothing gets no more than the policy says.',
  risk: 'Any action that a workflow runs can push, release and change issues with the token it is given.',
  advice:
    'Settings → Actions → General → Workflow permissions. ' +
    'Where the organization gives less, it is its owners’ to change.',
  marks: {
    Legitify: 'token_default_permissions_is_read_write',
    Scorecard: 'Token-Permissions',
    Prowler: 'repository_default_workflow_permissions_read_only',
  },
  what: 'Default token of workflows',
  means: { Read: { defaultWorkflowPermissions: 'read' }, Write: { defaultWorkflowPermissions: 'write' } },
  from: 'GitHub > Repository Actions Policy',
  needs: { administration: 'read' },
  write: (github, { owner, repo }, { defaultWorkflowPermissions }) =>
    github.write('PUT /repos/{owner}/{repo}/actions/permissions/workflow', {
      owner,
      repo,
      default_workflow_permissions: defaultWorkflowPermissions as 'read' | 'write',
    }),
})
