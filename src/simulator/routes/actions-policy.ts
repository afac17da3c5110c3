import { z } from 'zod'
import { bodyOf } from '../http/body.ts'
import { noContent, type Operation, ok, onOrganization, onRepository } from '../http/operation.ts'
import { Refusal } from '../http/refusal.ts'
import type { Repository } from '../repository.ts'
import { refuseArchived } from './repository.ts'

const path = '/orgs/{org}/actions/permissions'
const actions = (heading: string) => `actions/permissions#${heading}`

const tokens = z.object({
  default_workflow_permissions: z.enum(['read', 'write']).optional(),
  can_approve_pull_request_reviews: z.boolean().optional(),
})

/** What a body leaves out stays as it is. */
const changed = ({
  default_workflow_permissions: level,
  can_approve_pull_request_reviews: may,
}: z.infer<typeof tokens>) => ({
  ...(level !== undefined && { defaultWorkflowPermissions: level }),
  ...(may !== undefined && { canApprovePullRequestReviews: may }),
})

/** Where the organization gives less, no repository can give more. */
const isRestricted = ({ organization }: Repository): boolean =>
  organization.actions.defaultWorkflowPermissions === 'read'

const tokensOf = (repository: Repository) => ({
  default_workflow_permissions: isRestricted(repository) ? 'read' : repository.settings.defaultWorkflowPermissions,
  can_approve_pull_request_reviews:
    repository.organization.actions.canApprovePullRequestReviews && repository.settings.canApprovePullRequestReviews,
})

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
    `PUT ${path}/workflow`,
    actions('set-default-workflow-permissions-for-an-organization'),
    (call, organization) => {
      organization.setActions(changed(bodyOf(call, tokens)))
      return noContent()
    },
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
    'GET /repos/{owner}/{repo}/actions/permissions/workflow',
    actions('get-default-workflow-permissions-for-a-repository'),
    (_, repository) => ok(tokensOf(repository)),
  ),
  onRepository(
    'PUT /repos/{owner}/{repo}/actions/permissions/workflow',
    actions('set-default-workflow-permissions-for-a-repository'),
    (call, repository) => {
      const body = bodyOf(call, tokens)
      refuseArchived(repository)
      if (body.default_workflow_permissions === 'write' && isRestricted(repository)) throw new Refusal(409, 'Conflict')
      repository.set(changed(body))
      return noContent()
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
