/**
 * Takes the part of GitHub's GraphQL schema that the simulator serves out of the whole.
 *
 *   node scripts/extract-graphql.ts path/to/schema.graphql
 *
 * The schema is GitHub's public one (https://docs.github.com/graphql/overview/public-schema), also in the package
 * `@octokit/graphql-schema`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import {
  assertValidSchema,
  buildSchema,
  type DefinitionNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  print,
  type TypeNode,
  visit,
} from 'graphql'

/** Types and the fields of theirs that are kept; `*` keeps all. */
const wanted: Record<string, '*' | string> = {
  Mutation: 'updateRepository',
  UpdateRepositoryInput: '*',
  UpdateRepositoryPayload: 'clientMutationId repository',
  Query: 'id organization repository node nodes viewer rateLimit',
  Node: 'id',
  RateLimit: 'cost limit nodeCount remaining resetAt used',
  PageInfo: '*',
  Actor: 'login url avatarUrl resourcePath',
  User: 'id databaseId login name url avatarUrl resourcePath',
  RepositoryOwner: 'id login url avatarUrl resourcePath',
  Organization:
    'id databaseId login name description url avatarUrl resourcePath createdAt updatedAt email location websiteUrl ' +
    'twitterUsername isVerified repositories teams membersWithRole',
  Repository:
    'id databaseId name nameWithOwner owner url resourcePath visibility isPrivate isArchived isFork ' +
    'isTemplate isEmpty isDisabled isLocked isMirror description homepageUrl createdAt updatedAt pushedAt diskUsage ' +
    'forkCount stargazerCount defaultBranchRef hasIssuesEnabled hasWikiEnabled hasProjectsEnabled ' +
    'hasDiscussionsEnabled forkingAllowed mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed autoMergeAllowed ' +
    'deleteBranchOnMerge allowUpdateBranch webCommitSignoffRequired hasVulnerabilityAlertsEnabled repositoryTopics ' +
    'primaryLanguage mergeCommitTitle mergeCommitMessage squashMergeCommitTitle squashMergeCommitMessage ' +
    'viewerCanAdminister branchProtectionRules rulesets deployKeys',
  RepositoryConnection: 'nodes pageInfo totalCount',
  RepositoryOrder: '*',
  RepositoryOrderField: '*',
  RepositoryPrivacy: '*',
  RepositoryVisibility: '*',
  OrderDirection: '*',
  Ref: 'id name prefix target',
  GitObject: 'id oid',
  Commit: 'id oid message',
  Language: 'id name color',
  RepositoryTopicConnection: 'nodes totalCount pageInfo',
  RepositoryTopic: 'id topic',
  Topic: 'id name',
  MergeCommitTitle: '*',
  MergeCommitMessage: '*',
  SquashMergeCommitTitle: '*',
  SquashMergeCommitMessage: '*',
  Team:
    'id databaseId slug name description url privacy notificationSetting parentTeam organization createdAt updatedAt ' +
    'members repositories',
  TeamConnection: 'nodes totalCount pageInfo',
  TeamPrivacy: '*',
  TeamNotificationSetting: '*',
  TeamMemberConnection: 'nodes totalCount pageInfo',
  TeamRepositoryConnection: 'totalCount pageInfo',
  OrganizationMemberConnection: 'edges nodes totalCount pageInfo',
  OrganizationMemberEdge: 'role hasTwoFactorEnabled node',
  OrganizationMemberRole: '*',
  BranchProtectionRuleConnection: 'nodes totalCount pageInfo',
  BranchProtectionRule:
    'id databaseId pattern allowsDeletions allowsForcePushes blocksCreations dismissesStaleReviews isAdminEnforced ' +
    'lockBranch requireLastPushApproval requiredApprovingReviewCount requiredStatusCheckContexts ' +
    'requiresApprovingReviews requiresCodeOwnerReviews requiresCommitSignatures requiresConversationResolution ' +
    'requiresLinearHistory requiresStatusChecks requiresStrictStatusChecks restrictsPushes restrictsReviewDismissals',
  RepositoryRulesetConnection: 'nodes totalCount pageInfo',
  RepositoryRuleset: 'id databaseId name target enforcement conditions rules bypassActors createdAt updatedAt',
  RepositoryRulesetTarget: '*',
  RuleEnforcement: '*',
  RepositoryRuleConditions: 'refName',
  RefNameConditionTarget: '*',
  RepositoryRuleConnection: 'nodes totalCount pageInfo',
  RepositoryRule: 'id type parameters',
  RepositoryRuleType: '*',
  RuleParameters: '*',
  PullRequestParameters:
    'requiredApprovingReviewCount requireCodeOwnerReview dismissStaleReviewsOnPush requireLastPushApproval ' +
    'requiredReviewThreadResolution',
  RequiredStatusChecksParameters: 'strictRequiredStatusChecksPolicy requiredStatusChecks',
  StatusCheckConfiguration: 'context integrationId',
  RepositoryRulesetBypassActorConnection: 'nodes totalCount pageInfo',
  RepositoryRulesetBypassActor: 'id bypassMode deployKey enterpriseOwner organizationAdmin repositoryRoleName actor',
  RepositoryRulesetBypassActorBypassMode: '*',
  BypassActor: '*',
  App: 'id slug name',
  DeployKeyConnection: 'nodes totalCount pageInfo',
  DeployKey: 'id title key readOnly enabled verified createdAt',
  DateTime: '*',
  URI: '*',
  GitObjectID: '*',
}

const builtIn = ['String', 'Int', 'Float', 'Boolean', 'ID']

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type))

const isKept = (type: TypeNode): boolean => builtIn.includes(nameOf(type)) || Object.hasOwn(wanted, nameOf(type))

const keptField = (field: FieldDefinitionNode): FieldDefinitionNode => ({
  ...field,
  arguments: (field.arguments ?? []).filter((argument) => isKept(argument.type)),
})

function kept(definition: DefinitionNode): DefinitionNode[] {
  if (!('name' in definition) || !definition.name) return []
  const fields = wanted[definition.name.value]
  if (fields === undefined) return []
  if (definition.kind === Kind.UNION_TYPE_DEFINITION)
    return [{ ...definition, types: (definition.types ?? []).filter(isKept) }]
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
    return [definition]
  }
  const names = fields === '*' ? undefined : fields.split(' ')
  const all = definition.fields ?? []
  const missing = names?.filter((name) => !all.some((field) => field.name.value === name)) ?? []
  if (missing.length > 0) throw new Error(`${definition.name.value} has no ${missing.join(', ')}.`)
  return [
    {
      ...definition,
      interfaces: (definition.interfaces ?? []).filter(isKept),
      fields: all.filter((field) => (names?.includes(field.name.value) ?? true) && isKept(field.type)).map(keptField),
    },
  ]
}

const [, , source] = process.argv
if (!source) throw new Error('Name the file that holds GitHub’s GraphQL schema.')

const document = visit(parse(readFileSync(source, 'utf8')), {
  enter: (node) => ('description' in node && node.description ? { ...node, description: undefined } : undefined),
  Directive: () => null,
})
const sdl = print({ ...document, definitions: document.definitions.flatMap(kept) })
assertValidSchema(buildSchema(sdl))

const target = new URL('../src/simulator/generated/graphql-schema.ts', import.meta.url)
writeFileSync(target, `// Made by scripts/extract-graphql.ts.\nexport const sdl = \`\n${sdl}\n\`\n`)
