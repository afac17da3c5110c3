import { z } from 'zod'
import { type GitHubReader, Refusal } from '../../model/github.ts'
import type { ReviewRule } from '../../model/policy-file.ts'

type Where = { owner: string; repo: string; branch: string }

/**
 * Whatever asks for reviewed pull requests on a branch: rulesets of the repository and of all above it, and branch
 * protection. A refusal is a rule of which nothing is known.
 */
export async function reviewRules(github: GitHubReader, where: Where): Promise<ReviewRule[]> {
  return [
    ...(await knownOr('rulesets', () => ofRulesets(github, where))),
    ...(await knownOr(classic, () => ofProtection(github, where))),
  ]
}

const classic = 'branch protection'

/** A plan that has no rules asks for nothing. */
async function knownOr(by: string, ask: () => Promise<ReviewRule[]>): Promise<ReviewRule[]> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAt !== null) throw error
    if (error.diagnosis.code === 'plan') return []
    return [{ by, approvals: 0, isBypassed: null, why: error.diagnosis.reason }]
  }
}

async function ofRulesets(github: GitHubReader, { owner, repo, branch }: Where): Promise<ReviewRule[]> {
  const rules: ReviewRule[] = []
  const route = 'GET /repos/{owner}/{repo}/rules/branches/{branch}'
  for await (const page of github.pages(route, { owner, repo, branch }, z.array(rule).parse))
    for (const { type, parameters, ruleset_id, ruleset_source } of page)
      if (type === 'pull_request' && ruleset_id !== undefined) {
        const { name, isBypassed } = await bypassOf(github, { owner, repo, ruleset_id })
        rules.push({
          by: `ruleset ${name} of ${ruleset_source ?? owner}`,
          approvals: parameters?.required_approving_review_count ?? 0,
          isBypassed,
          why: isBypassed === null ? hidden : isBypassed ? 'its bypass list is not empty' : null,
        })
      }
  return rules
}

/** https://docs.github.com/rest/repos/rules#get-a-repository-ruleset */
const hidden = 'GitHub shows its bypass list only to those who may change the ruleset'

async function bypassOf(github: GitHubReader, where: { owner: string; repo: string; ruleset_id: number }) {
  try {
    const { data } = await github.get('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', {
      ...where,
      includes_parents: true,
    })
    const { name, bypass_actors } = ruleset.parse(data)
    return { name, isBypassed: bypass_actors === undefined ? null : bypass_actors.length > 0 }
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAt !== null) throw error
    return { name: String(where.ruleset_id), isBypassed: null }
  }
}

async function ofProtection(github: GitHubReader, where: Where): Promise<ReviewRule[]> {
  try {
    const route = 'GET /repos/{owner}/{repo}/branches/{branch}/protection'
    const said = protection.parse((await github.get(route, where)).data)
    if (!said.required_pull_request_reviews) return []
    const around = waysAround(said)
    const approvals = said.required_pull_request_reviews.required_approving_review_count ?? 0
    return [{ by: classic, approvals, isBypassed: around.length > 0, why: around.join('; ') || null }]
  } catch (error) {
    // Where the permission is granted, GitHub answers 404 only to a branch that is not protected.
    if (error instanceof Refusal && error.status === 404 && error.diagnosis.code === 'hidden') return []
    throw error
  }
}

function waysAround(said: z.infer<typeof protection>): string[] {
  const { users = [], teams = [], apps = [] } = said.required_pull_request_reviews?.bypass_pull_request_allowances ?? {}
  return [
    ...(said.enforce_admins?.enabled ? [] : ['administrators need not keep to it']),
    ...(users.length + teams.length + apps.length > 0 ? ['some may merge without a review'] : []),
    ...(said.allow_force_pushes?.enabled ? ['force pushes are allowed'] : []),
  ]
}

const rule = z.looseObject({
  type: z.string(),
  parameters: z.object({ required_approving_review_count: z.number().optional() }).optional(),
  ruleset_id: z.number().optional(),
  ruleset_source: z.string().optional(),
})
const ruleset = z.object({ name: z.string(), bypass_actors: z.array(z.unknown()).optional() })
const enabled = z.object({ enabled: z.boolean() }).optional()
const some = z.array(z.unknown()).optional()
const protection = z.object({
  enforce_admins: enabled,
  allow_force_pushes: enabled,
  required_pull_request_reviews: z
    .object({
      required_approving_review_count: z.number().optional(),
      bypass_pull_request_allowances: z.object({ users: some, teams: some, apps: some }).optional(),
    })
    .optional(),
})
