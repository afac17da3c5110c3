/** A repository's settings. Of those that are about security an event tells, of no other. */
export interface RepositorySettings {
  hasIssues: boolean
  hasProjects: boolean
  hasWiki: boolean
  hasDiscussions: boolean
  isTemplate: boolean
  allowForking: boolean
  allowMergeCommit: boolean
  allowSquashMerge: boolean
  allowRebaseMerge: boolean
  allowAutoMerge: boolean
  allowUpdateBranch: boolean
  deleteBranchOnMerge: boolean
  webCommitSignoffRequired: boolean
  actionsEnabled: boolean
  vulnerabilityAlerts: boolean
  secretScanning: boolean
  secretScanningPushProtection: boolean
  dependabotSecurityUpdates: boolean
  privateVulnerabilityReporting: boolean
  defaultWorkflowPermissions: 'read' | 'write'
  canApprovePullRequestReviews: boolean
}

/** What a new repository of an organization has. */
export const newRepositorySettings: Readonly<RepositorySettings> = {
  hasIssues: true,
  hasProjects: true,
  hasWiki: true,
  hasDiscussions: false,
  isTemplate: false,
  allowForking: true,
  allowMergeCommit: true,
  allowSquashMerge: true,
  allowRebaseMerge: true,
  allowAutoMerge: false,
  allowUpdateBranch: false,
  deleteBranchOnMerge: false,
  webCommitSignoffRequired: false,
  actionsEnabled: true,
  vulnerabilityAlerts: false,
  secretScanning: false,
  secretScanningPushProtection: false,
  dependabotSecurityUpdates: false,
  privateVulnerabilityReporting: false,
  defaultWorkflowPermissions: 'read',
  canApprovePullRequestReviews: false,
}
