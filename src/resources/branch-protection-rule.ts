import { defineResource, flag, json, number, text } from '../model/resource-type.ts'
import { hiddenIn } from './graph-errors.ts'
import { type RepositoryList, readLists, repositoryPrompted } from './repository-list.ts'
import { discoverLists } from './repository-lists.ts'

/** Named as GitHub's GraphQL API names them. */
export interface BranchProtectionRuleData {
  databaseId: number
  pattern: string
  allowsDeletions: boolean
  allowsForcePushes: boolean
  blocksCreations: boolean
  dismissesStaleReviews: boolean
  isAdminEnforced: boolean
  lockBranch: boolean
  requireLastPushApproval: boolean
  requiredApprovingReviewCount: number | null
  requiredStatusCheckContexts: readonly string[]
  requiresApprovingReviews: boolean
  requiresCodeOwnerReviews: boolean
  requiresCommitSignatures: boolean
  requiresConversationResolution: boolean
  requiresLinearHistory: boolean
  requiresStatusChecks: boolean
  requiresStrictStatusChecks: boolean
  restrictsPushes: boolean
  restrictsReviewDismissals: boolean
}

const event = 'branch_protection_rule'

export const branchProtectionRule = defineResource<BranchProtectionRuleData>({
  type: 'GitHub > Branch Protection Rule',
  view: 'github_branch_protection',
  parent: 'GitHub > Repository',
  needs: { administration: 'read' },
  optional: true,
  rhythm: 86_400_000,
  fields: {
    databaseId: number.from(event, 'The numeric id.'),
    pattern: text.from(event, 'The branches it is for.'),
    allowsDeletions: flag.from(event, 'They may be deleted.'),
    allowsForcePushes: flag.from(event, 'They may be force-pushed to.'),
    blocksCreations: flag.from(event, 'None may be made.'),
    dismissesStaleReviews: flag.from(event, 'A new commit takes approvals away.'),
    isAdminEnforced: flag.from(event, 'Administrators must keep to it too.'),
    lockBranch: flag.from(event, 'They are read-only.'),
    requireLastPushApproval: flag.from(event, 'Somebody else than who pushed last must approve.'),
    requiredApprovingReviewCount: number.from(event, 'How many must approve.'),
    requiredStatusCheckContexts: json.from(event, 'The checks that must pass, sorted.'),
    requiresApprovingReviews: flag.from(event, 'Pull requests must be approved.'),
    requiresCodeOwnerReviews: flag.from(event, 'Code owners must approve.'),
    requiresCommitSignatures: flag.from(event, 'Commits must be signed.'),
    requiresConversationResolution: flag.from(event, 'Conversations must be resolved.'),
    requiresLinearHistory: flag.from(event, 'No merge commits.'),
    requiresStatusChecks: flag.from(event, 'Checks must pass.'),
    requiresStrictStatusChecks: flag.from(event, 'Branches must be up to date before they are merged.'),
    restrictsPushes: flag.from(event, 'Only some may push.'),
    restrictsReviewDismissals: flag.from(event, 'Only some may dismiss reviews.'),
  },
  title: ({ pattern }) => (pattern ? `branch protection of ${pattern}` : 'a branch protection'),
  fromEvent: { branch_protection_rule: repositoryPrompted },

  readBy: 'parent',
  batch: 10,
  read: (context, repositories) => readLists(branchProtectionRules)(context, repositories),
  discover: (context, from) => discoverLists(context, from, branchProtectionRules),
})

interface GraphRule extends BranchProtectionRuleData {
  id: string
}

const branchProtectionRules: RepositoryList<GraphRule, BranchProtectionRuleData> = {
  field: 'branchProtectionRules',
  asks: `id databaseId pattern allowsDeletions allowsForcePushes blocksCreations dismissesStaleReviews isAdminEnforced
    lockBranch requireLastPushApproval requiredApprovingReviewCount requiredStatusCheckContexts
    requiresApprovingReviews requiresCodeOwnerReviews requiresCommitSignatures requiresConversationResolution
    requiresLinearHistory requiresStatusChecks requiresStrictStatusChecks restrictsPushes restrictsReviewDismissals`,
  data({ id: _, ...said }, errors) {
    const hidden = hiddenIn(errors)
    const contexts = (said.requiredStatusCheckContexts ?? []).toSorted()
    const all = Object.entries({ ...said, requiredStatusCheckContexts: contexts })
    return Object.fromEntries(all.filter(([field]) => !hidden.has(field)))
  },
}
