import { z } from 'zod'
import { type Answer, Refusal } from '../model/github.ts'
import { defineResource, flag, json, text } from '../model/resource-type.ts'

export interface ActionsPolicyData {
  enabledRepositories: string
  allowedActions: string
  shaPinningRequired: boolean
  githubOwnedAllowed: boolean
  verifiedAllowed: boolean
  patternsAllowed: readonly string[]
  defaultWorkflowPermissions: string
  canApprovePullRequestReviews: boolean
}

/** There is one per organization; its node id is made of the organization's. */
const actionsPolicyNodeId = (organizationNodeId: string): string => `actions-policy:${organizationNodeId}`

/** What workflows may do in the organization. */
export const actionsPolicy = defineResource<ActionsPolicyData>({
  type: 'GitHub > Actions Policy',
  view: 'github_actions_policy',
  parent: 'GitHub > Organization',
  needs: { organization_administration: 'read' },
  optional: true,
  // None of it is in any event.
  rhythm: 3_600_000,
  single: actionsPolicyNodeId,
  fields: {
    enabledRepositories: text.readOnly('Workflows run in `all`, `none` or `selected` repositories.'),
    allowedActions: text.readOnly('`all`, `local_only` or `selected` actions may be used.'),
    shaPinningRequired: flag.readOnly('Actions are named by a full commit SHA.'),
    githubOwnedAllowed: flag.readOnly('GitHub’s own are among the selected actions.'),
    verifiedAllowed: flag.readOnly('Those of verified creators are among the selected actions.'),
    patternsAllowed: json.readOnly('Patterns of the selected actions.'),
    defaultWorkflowPermissions: text.readOnly('What the token of a workflow may do by default: `read` or `write`.'),
    canApprovePullRequestReviews: flag.readOnly('Workflows may approve pull requests.'),
  },
  title: () => 'Actions policy',
  fromEvent: {},

  batch: 1,
  async read({ connection: { login: org }, github }, [nodeId = '']) {
    const allowed = general.parse((await github.get('GET /orgs/{org}/actions/permissions', { org })).data)
    const workflow = await github.get('GET /orgs/{org}/actions/permissions/workflow', { org })
    const chosen =
      allowed.allowed_actions === 'selected'
        ? await whereThere(() => github.get('GET /orgs/{org}/actions/permissions/selected-actions', { org }))
        : null
    return [{ kind: 'seen', nodeId, data: dataOf(allowed, tokens.parse(workflow.data), selected.parse(chosen ?? {})) }]
  },
})

/** GitHub answers 409 where something above the organization decides. */
async function whereThere(ask: () => Promise<Answer<unknown>>): Promise<unknown> {
  try {
    return (await ask()).data
  } catch (error) {
    if (error instanceof Refusal && error.status === 409) return null
    throw error
  }
}

const general = z.object({
  enabled_repositories: z.string(),
  allowed_actions: z.string().optional(),
  sha_pinning_required: z.boolean().optional(),
})
const tokens = z.object({ default_workflow_permissions: z.string(), can_approve_pull_request_reviews: z.boolean() })
const selected = z.object({
  github_owned_allowed: z.boolean().optional(),
  verified_allowed: z.boolean().optional(),
  patterns_allowed: z.array(z.string()).optional(),
})

/** What is absent is left out: it is not known. */
function dataOf(
  said: z.infer<typeof general>,
  token: z.infer<typeof tokens>,
  chosen: z.infer<typeof selected>,
): Partial<ActionsPolicyData> {
  return {
    enabledRepositories: said.enabled_repositories,
    defaultWorkflowPermissions: token.default_workflow_permissions,
    canApprovePullRequestReviews: token.can_approve_pull_request_reviews,
    ...(said.allowed_actions !== undefined && { allowedActions: said.allowed_actions }),
    ...(said.sha_pinning_required !== undefined && { shaPinningRequired: said.sha_pinning_required }),
    ...(chosen.github_owned_allowed !== undefined && { githubOwnedAllowed: chosen.github_owned_allowed }),
    ...(chosen.verified_allowed !== undefined && { verifiedAllowed: chosen.verified_allowed }),
    ...(chosen.patterns_allowed && { patternsAllowed: chosen.patterns_allowed.toSorted() }),
  }
}
