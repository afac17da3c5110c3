import { type Operation, ok, onOrganization, onRepository } from '../http/operation.ts'
import { Refusal } from '../http/refusal.ts'

const path = '/orgs/{org}/actions/permissions'
const actions = (heading: string) => `actions/permissions#${heading}`

export const actionsPolicyOperations: readonly Operation[] = [
  onOrganization(
    `GET ${path}`,
    actions('get-github-actions-permissions-for-an-organization'),
    ({ world }, { id, actions: { enabledRepositories, allowedActions } }) => {
      const url = `${world.urls.api}/organizations/${id}/actions/permissions`
      return ok({
        enabled_repositories: enabledRepositories,
        allowed_actions: allowedActions,
        sha_pinning_required: false,
        ...(allowedActions === 'selected' && { selected_actions_url: `${url}/selected-actions` }),
      })
    },
  ),
  onOrganization(
    `GET ${path}/workflow`,
    actions('get-default-workflow-permissions-for-an-organization'),
    (_, { actions: { defaultWorkflowPermissions, canApprovePullRequestReviews } }) =>
      ok({
        default_workflow_permissions: defaultWorkflowPermissions,
        can_approve_pull_request_reviews: canApprovePullRequestReviews,
      }),
  ),
  onOrganization(
    `GET ${path}/selected-actions`,
    actions('get-allowed-actions-and-reusable-workflows-for-an-organization'),
    (_, { actions: { allowedActions, githubOwnedAllowed, verifiedAllowed, patternsAllowed } }) => {
      if (allowedActions !== 'selected') throw new Refusal(409, 'Conflict')
      return ok({
        github_owned_allowed: githubOwnedAllowed,
        verified_allowed: verifiedAllowed,
        patterns_allowed: patternsAllowed,
      })
    },
  ),
  onRepository(
    'GET /repos/{owner}/{repo}/actions/permissions',
    actions('get-github-actions-permissions-for-a-repository'),
    (_, { settings: { actionsEnabled }, organization }) =>
      ok({
        enabled: actionsEnabled,
        ...(actionsEnabled && { allowed_actions: organization.actions.allowedActions }),
        sha_pinning_required: false,
      }),
  ),
]
