/** What workflows may do in an organization. None of its changes is told by any event. */
export interface ActionsPolicy {
  enabledRepositories: 'all' | 'none' | 'selected'
  allowedActions: 'all' | 'local_only' | 'selected'
  githubOwnedAllowed: boolean
  verifiedAllowed: boolean
  patternsAllowed: readonly string[]
  defaultWorkflowPermissions: 'read' | 'write'
  canApprovePullRequestReviews: boolean
}

/** What a new organization has. */
export const newActionsPolicy = (): ActionsPolicy => ({
  enabledRepositories: 'all',
  allowedActions: 'all',
  githubOwnedAllowed: true,
  verifiedAllowed: false,
  patternsAllowed: [],
  defaultWorkflowPermissions: 'read',
  canApprovePullRequestReviews: false,
})
