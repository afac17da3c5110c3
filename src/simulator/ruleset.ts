import { type By, senderOf } from './by.ts'
import { emit } from './emit.ts'
import { matchesRef } from './matches-ref.ts'
import { nodeId } from './node-id.ts'
import type { Organization } from './organization.ts'
import type { Repository } from './repository.ts'
import { timestamp, wholeSecond } from './timestamp.ts'
import type { World } from './world.ts'

export interface RulesetDraft {
  readonly name: string
  readonly target?: 'branch' | 'tag' | 'push' | undefined
  readonly enforcement?: 'active' | 'evaluate' | 'disabled' | undefined
  readonly include?: readonly string[] | undefined
  /** Types of rules, as REST writes them: `deletion`. */
  readonly rules?: readonly string[] | undefined
  /** Of the rule `pull_request`. */
  readonly approvals?: number | undefined
  readonly bypassedByOwners?: boolean | undefined
}

/** Rules of a repository, or of all repositories of an organization. */
export interface Ruleset extends Required<{ [Key in keyof RulesetDraft]: NonNullable<RulesetDraft[Key]> }> {
  readonly id: number
  readonly nodeId: string
  readonly createdAt: number
  updatedAt: number
  edit(change: Partial<RulesetDraft>, by?: By): void
  delete(by?: By): void
}

interface Place {
  readonly organization: Organization
  readonly repository?: Repository
}

export function createRuleset(world: World, place: Place, draft: RulesetDraft & By): Ruleset {
  const id = world.newId()
  const now = wholeSecond(world.now())
  const all = (place.repository ?? place.organization).rulesets
  const tell = (action: string, by?: By) => {
    const says = { repository_ruleset: rulesetObject(place, ruleset) }
    const sender = senderOf(world, place.organization, by)
    void emit(world, { event: 'repository_ruleset', action, ...place, sender, says })
  }
  const ruleset: Ruleset = {
    id,
    nodeId: nodeId('RRS', id),
    name: draft.name,
    target: draft.target ?? 'branch',
    enforcement: draft.enforcement ?? 'active',
    include: draft.include ?? ['~DEFAULT_BRANCH'],
    rules: draft.rules ?? ['deletion'],
    approvals: draft.approvals ?? 1,
    bypassedByOwners: draft.bypassedByOwners ?? false,
    createdAt: now,
    updatedAt: now,
    edit: (change, by) => {
      Object.assign(ruleset, change, { updatedAt: wholeSecond(world.now()) })
      tell('edited', by)
    },
    delete: (by) => {
      all.delete(id)
      tell('deleted', by)
    },
  }
  all.set(id, ruleset)
  tell('created', draft)
  return ruleset
}

/** The rulesets in force for a branch, those of the organization included. */
export function rulesetsFor(repository: Repository, branch: string): { place: Place; ruleset: Ruleset }[] {
  const { organization } = repository
  const isMeant = (pattern: string) =>
    pattern === '~ALL' ||
    (pattern === '~DEFAULT_BRANCH' && branch === repository.defaultBranch) ||
    matchesRef(pattern, `refs/heads/${branch}`)
  return [
    ...[...repository.rulesets.values()].map((ruleset) => ({ place: { organization, repository }, ruleset })),
    ...[...organization.rulesets.values()].map((ruleset) => ({ place: { organization }, ruleset })),
  ].filter(
    ({ ruleset: { enforcement, target, include } }) =>
      enforcement === 'active' && target === 'branch' && include.some(isMeant),
  )
}

/** As the list gives it. */
export const rulesetObject = ({ organization, repository }: Place, ruleset: Ruleset) => ({
  id: ruleset.id,
  name: ruleset.name,
  target: ruleset.target,
  source_type: repository ? 'Repository' : 'Organization',
  source: repository ? `${organization.login}/${repository.name}` : organization.login,
  enforcement: ruleset.enforcement,
  node_id: ruleset.nodeId,
  created_at: timestamp(ruleset.createdAt),
  updated_at: timestamp(ruleset.updatedAt),
})

/** What it asks, each rule with its parameters. */
export const rulesOf = ({ rules, approvals }: Ruleset) =>
  rules.map((type) => (type === 'pull_request' ? { type, parameters: pullRequestParameters(approvals) } : { type }))

const pullRequestParameters = (approvals: number) => ({
  required_approving_review_count: approvals,
  dismiss_stale_reviews_on_push: false,
  require_code_owner_review: false,
  require_last_push_approval: false,
  required_review_thread_resolution: false,
})

/** As it is given by itself. Who need not keep to it is told only to those who may write it. */
export const fullRulesetObject = (place: Place, ruleset: Ruleset, mayWrite: boolean) => ({
  ...rulesetObject(place, ruleset),
  conditions: {
    ref_name: { include: ruleset.include, exclude: [] },
    ...(!place.repository && { repository_name: { include: ['~ALL'], exclude: [] } }),
  },
  rules: rulesOf(ruleset),
  ...(mayWrite && {
    bypass_actors: ruleset.bypassedByOwners
      ? [{ actor_id: 1, actor_type: 'OrganizationAdmin', bypass_mode: 'always' }]
      : [],
  }),
})
