import { type BranchProtectionRule, protects } from '../branch-protection.ts'
import { levelIn } from '../http/actor.ts'
import { type Call, type Operation, ok, onRepository } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { notFound, Refusal } from '../http/refusal.ts'
import { userObject } from '../payloads/account.ts'
import { fullName } from '../payloads/repository.ts'
import { reaches } from '../permission.ts'
import type { Repository } from '../repository.ts'
import { fullRulesetObject, rulesetObject, rulesetsFor, rulesOf } from '../ruleset.ts'
import type { World } from '../world.ts'

/** https://docs.github.com/get-started/learning-about-github/githubs-plans: a free plan protects public repositories only. */
function refuseFree({ organization, visibility }: Repository): void {
  if (organization.plan === 'free' && visibility !== 'public')
    throw new Refusal(403, 'Upgrade to GitHub Pro or make this repository public to enable this feature.')
}

function rulesOfBranch(call: Call, repository: Repository) {
  refuseFree(repository)
  const all = rulesetsFor(repository, call.params.branch ?? '').flatMap(({ place, ruleset }) => {
    const { id, source, source_type } = rulesetObject(place, ruleset)
    const from = { ruleset_source_type: source_type, ruleset_source: source, ruleset_id: id }
    return rulesOf(ruleset).map((rule) => ({ ...rule, ...from }))
  })
  const { page, headers } = paginate(call, all)
  return { status: 200, body: page, headers }
}

/** Who need not keep to it is told to those who may write it: where it is the organization's, to those who may write that one. */
function rulesetOf({ actor, params, query }: Call, repository: Repository) {
  refuseFree(repository)
  const { organization } = repository
  const id = Number(params.ruleset_id)
  const own = repository.rulesets.get(id)
  const above = query.get('includes_parents') === 'false' ? undefined : organization.rulesets.get(id)
  const found = own ?? above
  if (!found) throw notFound()
  const needed = own ? 'administration' : 'organization_administration'
  const mayWrite = reaches(levelIn(actor, repository, needed), 'write')
  const place = own ? { organization, repository } : { organization }
  return ok({ ...fullRulesetObject(place, found, mayWrite), current_user_can_bypass: 'never' })
}

function protection({ world, params: { branch = '' } }: Call, repository: Repository) {
  refuseFree(repository)
  if (!repository.branches.has(branch)) throw new Refusal(404, 'Branch not found')
  const rule = [...repository.branchProtectionRules.values()].find((each) => protects(each, branch))
  if (!rule) throw new Refusal(404, 'Branch not protected')
  return ok(protectionObject(world, repository, branch, rule))
}

function protectionObject(world: World, repository: Repository, branch: string, rule: BranchProtectionRule) {
  const url = `${world.urls.api}/repos/${fullName(repository)}/branches/${branch}/protection`
  const on = (enabled: boolean) => ({ enabled })
  return {
    url,
    ...(rule.requiresStatusChecks && {
      required_status_checks: {
        url: `${url}/required_status_checks`,
        strict: false,
        contexts: rule.requiredStatusCheckContexts,
        contexts_url: `${url}/required_status_checks/contexts`,
        checks: rule.requiredStatusCheckContexts.map((context) => ({ context, app_id: null })),
      },
    }),
    ...(rule.requiresApprovingReviews && { required_pull_request_reviews: reviews(world, url, rule) }),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: rule.isAdminEnforced },
    required_signatures: { url: `${url}/required_signatures`, enabled: false },
    required_linear_history: on(rule.requiresLinearHistory),
    allow_force_pushes: on(rule.allowsForcePushes),
    allow_deletions: on(rule.allowsDeletions),
    block_creations: on(false),
    required_conversation_resolution: on(false),
    lock_branch: on(false),
    allow_fork_syncing: on(false),
  }
}

const reviews = ({ urls }: World, url: string, rule: BranchProtectionRule) => ({
  url: `${url}/required_pull_request_reviews`,
  dismiss_stale_reviews: false,
  require_code_owner_reviews: false,
  require_last_push_approval: false,
  required_approving_review_count: rule.requiredApprovingReviewCount ?? 1,
  ...(rule.bypassedBy.length > 0 && {
    bypass_pull_request_allowances: {
      users: rule.bypassedBy.map((user) => userObject(urls, user)),
      teams: [],
      apps: [],
    },
  }),
})

const rules = (heading: string) => `repos/rules#${heading}`

export const branchRuleOperations: readonly Operation[] = [
  onRepository('GET /repos/{owner}/{repo}/rules/branches/{branch}', rules('get-rules-for-a-branch'), rulesOfBranch),
  onRepository('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', rules('get-a-repository-ruleset'), rulesetOf),
  onRepository(
    'GET /repos/{owner}/{repo}/branches/{branch}/protection',
    'branches/branch-protection#get-branch-protection',
    protection,
  ),
]
