import { type By, senderOf } from './by.ts'
import { emit } from './emit.ts'
import { matchesRef } from './matches-ref.ts'
import { nodeId } from './node-id.ts'
import type { Repository } from './repository.ts'
import { timestamp, wholeSecond } from './timestamp.ts'
import type { User } from './user.ts'
import type { World } from './world.ts'

/** What a rule may ask for, by GraphQL's names. */
export interface BranchProtectionSettings {
  allowsDeletions: boolean
  allowsForcePushes: boolean
  isAdminEnforced: boolean
  requiresApprovingReviews: boolean
  requiredApprovingReviewCount: number | null
  requiresStatusChecks: boolean
  requiredStatusCheckContexts: readonly string[]
  requiresLinearHistory: boolean
}

export interface BranchProtectionRule extends BranchProtectionSettings {
  readonly id: number
  readonly nodeId: string
  readonly pattern: string
  readonly createdAt: number
  /** Who may merge without the reviews. */
  bypassedBy: readonly User[]
  edit(change: Partial<BranchProtectionSettings>, by?: By): void
  delete(by?: By): void
}

export function protectBranch(
  world: World,
  repository: Repository,
  pattern: string,
  settings: Partial<BranchProtectionSettings> & By,
): BranchProtectionRule {
  const { sender: _, ...wanted } = settings
  const id = world.newId()
  const rule: BranchProtectionRule = {
    id,
    nodeId: nodeId('BPR', id),
    pattern,
    createdAt: wholeSecond(world.now()),
    bypassedBy: [],
    allowsDeletions: false,
    allowsForcePushes: false,
    isAdminEnforced: false,
    requiresApprovingReviews: false,
    requiredApprovingReviewCount: null,
    requiresStatusChecks: false,
    requiredStatusCheckContexts: [],
    requiresLinearHistory: false,
    ...wanted,
    edit: (change, by) => {
      Object.assign(rule, change)
      tell(world, repository, rule, 'edited', by)
    },
    delete: (by) => {
      repository.branchProtectionRules.delete(id)
      tell(world, repository, rule, 'deleted', by)
    },
  }
  repository.branchProtectionRules.set(id, rule)
  tell(world, repository, rule, 'created', settings)
  return rule
}

export const protects = ({ pattern }: BranchProtectionRule, branch: string): boolean => matchesRef(pattern, branch)

function tell(world: World, repository: Repository, rule: BranchProtectionRule, action: string, by?: By): void {
  const { organization } = repository
  const says = { rule: ruleObject(repository, rule) }
  const sender = senderOf(world, organization, by)
  void emit(world, { event: 'branch_protection_rule', action, organization, repository, sender, says })
}

const level = (asked: boolean) => (asked ? 'everyone' : 'off')

const ruleObject = (repository: Repository, rule: BranchProtectionRule) => ({
  id: rule.id,
  repository_id: repository.id,
  name: rule.pattern,
  created_at: timestamp(rule.createdAt),
  updated_at: timestamp(rule.createdAt),
  pull_request_reviews_enforcement_level: level(rule.requiresApprovingReviews),
  required_approving_review_count: rule.requiredApprovingReviewCount ?? 0,
  required_status_checks: rule.requiredStatusCheckContexts,
  required_status_checks_enforcement_level: level(rule.requiresStatusChecks),
  linear_history_requirement_enforcement_level: level(rule.requiresLinearHistory),
  admin_enforced: rule.isAdminEnforced,
  allow_force_pushes_enforcement_level: level(rule.allowsForcePushes),
  allow_deletions_enforcement_level: level(rule.allowsDeletions),
})
