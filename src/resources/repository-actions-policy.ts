import { z } from 'zod'
import { defineResource, flag, text } from '../model/resource-type.ts'
import { eachRepository } from './each-repository.ts'

export interface RepositoryActionsPolicyData {
  enabled: boolean
  allowedActions: string
  defaultWorkflowPermissions: string
  canApprovePullRequestReviews: boolean
}

/** What workflows may do in one repository. */
export const repositoryActionsPolicy = defineResource<RepositoryActionsPolicyData>({
  type: 'GitHub > Repository Actions Policy',
  view: 'github_repository_actions_policy',
  // None of it is in any event. What did not change costs nothing: the requests are conditional.
  rhythm: 86_400_000,
  fields: {
    enabled: flag.readOnly('Workflows run.'),
    allowedActions: text.readOnly('`all`, `local_only` or `selected` actions may be used.'),
    defaultWorkflowPermissions: text.readOnly('What the token of a workflow may do by default: `read` or `write`.'),
    canApprovePullRequestReviews: flag.readOnly('Workflows may approve pull requests.'),
  },
  title: () => 'Actions policy of a repository',
  fromEvent: {},

  ...eachRepository<RepositoryActionsPolicyData>('repository-actions-policy:', async (github, place) => {
    const general = await github.get('GET /repos/{owner}/{repo}/actions/permissions', place)
    const { enabled, allowed_actions } = policy.parse(general.data)
    const workflow = await github.get('GET /repos/{owner}/{repo}/actions/permissions/workflow', place)
    const { default_workflow_permissions, can_approve_pull_request_reviews } = tokens.parse(workflow.data)
    return {
      enabled,
      ...(allowed_actions !== undefined && { allowedActions: allowed_actions }),
      defaultWorkflowPermissions: default_workflow_permissions,
      canApprovePullRequestReviews: can_approve_pull_request_reviews,
    }
  }),
})

const policy = z.object({ enabled: z.boolean(), allowed_actions: z.string().optional() })
const tokens = z.object({ default_workflow_permissions: z.string(), can_approve_pull_request_reviews: z.boolean() })
