import { levelIn } from '../http/actor.ts'
import { reaches } from '../permission.ts'
import type { Repository } from '../repository.ts'
import type { Ruleset } from '../ruleset.ts'
import { timestamp } from '../timestamp.ts'
import { connection, type Paging } from './connection.ts'
import { type Context, graphqlError } from './context.ts'

const mayAdminister = ({ actor }: Context, repository: Repository, level: 'read' | 'write'): boolean =>
  reaches(levelIn(actor, repository, 'administration'), level)

/** What only administrators of the repository see, and Apps with the permission Administration. */
function refuseOthers(context: Context, repository: Repository): void {
  if (!mayAdminister(context, repository, 'read'))
    throw graphqlError('FORBIDDEN', 'Resource not accessible by integration')
}

const branchProtectionRules = (context: Context, repository: Repository, paging: Paging) => {
  refuseOthers(context, repository)
  const all = [...repository.branchProtectionRules.values()]
  return connection(
    'branchProtectionRules',
    all,
    paging,
    ({ id, nodeId, edit: _, delete: __, bypassedBy: ___, ...rule }) => ({
      ...rule,
      id: nodeId,
      databaseId: id,
      blocksCreations: false,
      dismissesStaleReviews: false,
      lockBranch: false,
      requireLastPushApproval: false,
      requiresCodeOwnerReviews: false,
      requiresCommitSignatures: false,
      requiresConversationResolution: false,
      requiresStrictStatusChecks: false,
      restrictsPushes: false,
      restrictsReviewDismissals: false,
    }),
  )
}

const deployKeys = (context: Context, repository: Repository, paging: Paging) => {
  refuseOthers(context, repository)
  return connection('deployKeys', [...repository.deployKeys.values()], paging, ({ nodeId, ...key }) => ({
    id: nodeId,
    title: key.title,
    key: key.key,
    readOnly: key.readOnly,
    enabled: repository.organization.settings.deployKeysEnabledForRepositories,
    verified: true,
    createdAt: timestamp(key.createdAt),
  }))
}

interface RulesetsArguments extends Paging {
  readonly includeParents?: boolean | null
}

const rulesets = (context: Context, repository: Repository, asked: RulesetsArguments) => {
  refuseOthers(context, repository)
  const above = asked.includeParents === false ? [] : [...repository.organization.rulesets.values()]
  const mayWrite = mayAdminister(context, repository, 'write')
  return connection('rulesets', [...repository.rulesets.values(), ...above], asked, (each) =>
    rulesetNode(each, mayWrite),
  )
}

/** Who need not keep to it is told only to those who may write it; others see nobody. */
const rulesetNode = (ruleset: Ruleset, mayWrite: boolean) => ({
  id: ruleset.nodeId,
  databaseId: ruleset.id,
  name: ruleset.name,
  target: ruleset.target.toUpperCase(),
  enforcement: ruleset.enforcement.toUpperCase(),
  createdAt: timestamp(ruleset.createdAt),
  updatedAt: timestamp(ruleset.updatedAt),
  conditions: { refName: { include: ruleset.include, exclude: [] } },
  rules: (paging: Paging) =>
    connection('rules', ruleset.rules, paging, (type) => ({
      id: `${ruleset.nodeId}_${type}`,
      type: type.toUpperCase(),
      parameters: null,
    })),
  bypassActors: (paging: Paging) =>
    connection('bypassActors', mayWrite && ruleset.bypassedByOwners ? ['owners'] : [], paging, () => ({
      id: `${ruleset.nodeId}_owners`,
      bypassMode: 'ALWAYS',
      deployKey: false,
      enterpriseOwner: false,
      organizationAdmin: true,
      repositoryRoleName: null,
      actor: null,
    })),
})

export const listsOf = (context: Context, repository: Repository) => ({
  viewerCanAdminister: () => mayAdminister(context, repository, 'write'),
  branchProtectionRules: (paging: Paging) => branchProtectionRules(context, repository, paging),
  rulesets: (asked: RulesetsArguments) => rulesets(context, repository, asked),
  deployKeys: (paging: Paging) => deployKeys(context, repository, paging),
})
