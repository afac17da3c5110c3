import { type By, senderOf } from './by.ts'
import { emit } from './emit.ts'
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
  /** Types of rules without parameters, as REST writes them: `deletion`. */
  readonly rules?: readonly string[] | undefined
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

/** As it is given by itself. Who need not keep to it is told only to those who may write it. */
export const fullRulesetObject = (place: Place, ruleset: Ruleset, mayWrite: boolean) => ({
  ...rulesetObject(place, ruleset),
  conditions: {
    ref_name: { include: ruleset.include, exclude: [] },
    ...(!place.repository && { repository_name: { include: ['~ALL'], exclude: [] } }),
  },
  rules: ruleset.rules.map((type) => ({ type })),
  ...(mayWrite && {
    bypass_actors: ruleset.bypassedByOwners
      ? [{ actor_id: 1, actor_type: 'OrganizationAdmin', bypass_mode: 'always' }]
      : [],
  }),
})
