// Made by scripts/extract-graphql.ts.
export const sdl = `
interface Actor {
  avatarUrl(size: Int): URI!
  login: String!
  resourcePath: URI!
  url: URI!
}

type App implements Node {
  id: ID!
  name: String!
  slug: String!
}

type BranchProtectionRule implements Node {
  allowsDeletions: Boolean!
  allowsForcePushes: Boolean!
  blocksCreations: Boolean!
  databaseId: Int
  dismissesStaleReviews: Boolean!
  id: ID!
  isAdminEnforced: Boolean!
  lockBranch: Boolean!
  pattern: String!
  requireLastPushApproval: Boolean!
  requiredApprovingReviewCount: Int
  requiredStatusCheckContexts: [String]
  requiresApprovingReviews: Boolean!
  requiresCodeOwnerReviews: Boolean!
  requiresCommitSignatures: Boolean!
  requiresConversationResolution: Boolean!
  requiresLinearHistory: Boolean!
  requiresStatusChecks: Boolean!
  requiresStrictStatusChecks: Boolean!
  restrictsPushes: Boolean!
  restrictsReviewDismissals: Boolean!
}

type BranchProtectionRuleConnection {
  nodes: [BranchProtectionRule]
  pageInfo: PageInfo!
  totalCount: Int!
}

union BypassActor = App | Team

type Commit implements GitObject & Node {
  id: ID!
  message: String!
  oid: GitObjectID!
}

scalar DateTime

type DeployKey implements Node {
  createdAt: DateTime!
  enabled: Boolean!
  id: ID!
  key: String!
  readOnly: Boolean!
  title: String!
  verified: Boolean!
}

type DeployKeyConnection {
  nodes: [DeployKey]
  pageInfo: PageInfo!
  totalCount: Int!
}

interface GitObject {
  id: ID!
  oid: GitObjectID!
}

scalar GitObjectID

type Language implements Node {
  color: String
  id: ID!
  name: String!
}

enum MergeCommitMessage {
  BLANK
  PR_BODY
  PR_TITLE
}

enum MergeCommitTitle {
  MERGE_MESSAGE
  PR_TITLE
}

type Mutation {
  updateRepository(input: UpdateRepositoryInput!): UpdateRepositoryPayload
}

interface Node {
  id: ID!
}

enum OrderDirection {
  ASC
  DESC
}

type Organization implements Actor & Node & RepositoryOwner {
  avatarUrl(size: Int): URI!
  createdAt: DateTime!
  databaseId: Int
  description: String
  email: String
  id: ID!
  isVerified: Boolean!
  location: String
  login: String!
  membersWithRole(after: String, before: String, first: Int, last: Int): OrganizationMemberConnection!
  name: String
  repositories(after: String, before: String, first: Int, hasIssuesEnabled: Boolean, isArchived: Boolean, isFork: Boolean, isLocked: Boolean, last: Int, orderBy: RepositoryOrder, privacy: RepositoryPrivacy, visibility: RepositoryVisibility): RepositoryConnection!
  resourcePath: URI!
  teams(after: String, before: String, first: Int, last: Int, ldapMapped: Boolean, notificationSetting: TeamNotificationSetting, privacy: TeamPrivacy, query: String, rootTeamsOnly: Boolean = false, userLogins: [String!]): TeamConnection!
  twitterUsername: String
  updatedAt: DateTime!
  url: URI!
  websiteUrl: URI
}

type OrganizationMemberConnection {
  edges: [OrganizationMemberEdge]
  nodes: [User]
  pageInfo: PageInfo!
  totalCount: Int!
}

type OrganizationMemberEdge {
  hasTwoFactorEnabled: Boolean
  node: User
  role: OrganizationMemberRole
}

enum OrganizationMemberRole {
  ADMIN
  MEMBER
}

type PageInfo {
  endCursor: String
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
}

type PullRequestParameters {
  dismissStaleReviewsOnPush: Boolean!
  requireCodeOwnerReview: Boolean!
  requireLastPushApproval: Boolean!
  requiredApprovingReviewCount: Int!
  requiredReviewThreadResolution: Boolean!
}

type Query implements Node {
  id: ID!
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  organization(login: String!): Organization
  rateLimit(dryRun: Boolean = false): RateLimit
  repository(followRenames: Boolean = true, name: String!, owner: String!): Repository
  viewer: User!
}

type RateLimit {
  cost: Int!
  limit: Int!
  nodeCount: Int!
  remaining: Int!
  resetAt: DateTime!
  used: Int!
}

type Ref implements Node {
  id: ID!
  name: String!
  prefix: String!
  target: GitObject
}

type RefNameConditionTarget {
  exclude: [String!]!
  include: [String!]!
}

type Repository implements Node {
  allowUpdateBranch: Boolean!
  autoMergeAllowed: Boolean!
  branchProtectionRules(after: String, before: String, first: Int, last: Int): BranchProtectionRuleConnection!
  createdAt: DateTime!
  databaseId: Int
  defaultBranchRef: Ref
  deleteBranchOnMerge: Boolean!
  deployKeys(after: String, before: String, first: Int, last: Int): DeployKeyConnection!
  description: String
  diskUsage: Int
  forkCount: Int!
  forkingAllowed: Boolean!
  hasDiscussionsEnabled: Boolean!
  hasIssuesEnabled: Boolean!
  hasProjectsEnabled: Boolean!
  hasVulnerabilityAlertsEnabled: Boolean!
  hasWikiEnabled: Boolean!
  homepageUrl: URI
  id: ID!
  isArchived: Boolean!
  isDisabled: Boolean!
  isEmpty: Boolean!
  isFork: Boolean!
  isLocked: Boolean!
  isMirror: Boolean!
  isPrivate: Boolean!
  isTemplate: Boolean!
  mergeCommitAllowed: Boolean!
  mergeCommitMessage: MergeCommitMessage!
  mergeCommitTitle: MergeCommitTitle!
  name: String!
  nameWithOwner: String!
  owner: RepositoryOwner!
  primaryLanguage: Language
  pushedAt: DateTime
  rebaseMergeAllowed: Boolean!
  repositoryTopics(after: String, before: String, first: Int, last: Int): RepositoryTopicConnection!
  resourcePath: URI!
  rulesets(after: String, before: String, first: Int, includeParents: Boolean = true, last: Int, targets: [RepositoryRulesetTarget!] = null): RepositoryRulesetConnection
  squashMergeAllowed: Boolean!
  squashMergeCommitMessage: SquashMergeCommitMessage!
  squashMergeCommitTitle: SquashMergeCommitTitle!
  stargazerCount: Int!
  updatedAt: DateTime!
  url: URI!
  viewerCanAdminister: Boolean!
  visibility: RepositoryVisibility!
  webCommitSignoffRequired: Boolean!
}

type RepositoryConnection {
  nodes: [Repository]
  pageInfo: PageInfo!
  totalCount: Int!
}

input RepositoryOrder {
  direction: OrderDirection!
  field: RepositoryOrderField!
}

enum RepositoryOrderField {
  CREATED_AT
  NAME
  PUSHED_AT
  STARGAZERS
  UPDATED_AT
}

interface RepositoryOwner {
  avatarUrl(size: Int): URI!
  id: ID!
  login: String!
  resourcePath: URI!
  url: URI!
}

enum RepositoryPrivacy {
  PRIVATE
  PUBLIC
}

type RepositoryRule implements Node {
  id: ID!
  parameters: RuleParameters
  type: RepositoryRuleType!
}

type RepositoryRuleConditions {
  refName: RefNameConditionTarget
}

type RepositoryRuleConnection {
  nodes: [RepositoryRule]
  pageInfo: PageInfo!
  totalCount: Int!
}

enum RepositoryRuleType {
  AUTHORIZATION
  BRANCH_NAME_PATTERN
  CODE_SCANNING
  COMMITTER_EMAIL_PATTERN
  COMMIT_AUTHOR_EMAIL_PATTERN
  COMMIT_MESSAGE_PATTERN
  CREATION
  DELETION
  FILE_EXTENSION_RESTRICTION
  FILE_PATH_RESTRICTION
  LOCK_BRANCH
  MAX_FILE_PATH_LENGTH
  MAX_FILE_SIZE
  MAX_REF_UPDATES
  MERGE_QUEUE
  MERGE_QUEUE_LOCKED_REF
  NON_FAST_FORWARD
  PULL_REQUEST
  REQUIRED_DEPLOYMENTS
  REQUIRED_LINEAR_HISTORY
  REQUIRED_REVIEW_THREAD_RESOLUTION
  REQUIRED_SIGNATURES
  REQUIRED_STATUS_CHECKS
  REQUIRED_WORKFLOW_STATUS_CHECKS
  SECRET_SCANNING
  TAG
  TAG_NAME_PATTERN
  UPDATE
  WORKFLOWS
  WORKFLOW_UPDATES
}

type RepositoryRuleset implements Node {
  bypassActors(after: String, before: String, first: Int, last: Int): RepositoryRulesetBypassActorConnection
  conditions: RepositoryRuleConditions!
  createdAt: DateTime!
  databaseId: Int
  enforcement: RuleEnforcement!
  id: ID!
  name: String!
  rules(after: String, before: String, first: Int, last: Int, type: RepositoryRuleType): RepositoryRuleConnection
  target: RepositoryRulesetTarget
  updatedAt: DateTime!
}

type RepositoryRulesetBypassActor implements Node {
  actor: BypassActor
  bypassMode: RepositoryRulesetBypassActorBypassMode
  deployKey: Boolean!
  enterpriseOwner: Boolean!
  id: ID!
  organizationAdmin: Boolean!
  repositoryRoleName: String
}

enum RepositoryRulesetBypassActorBypassMode {
  ALWAYS
  PULL_REQUEST
}

type RepositoryRulesetBypassActorConnection {
  nodes: [RepositoryRulesetBypassActor]
  pageInfo: PageInfo!
  totalCount: Int!
}

type RepositoryRulesetConnection {
  nodes: [RepositoryRuleset]
  pageInfo: PageInfo!
  totalCount: Int!
}

enum RepositoryRulesetTarget {
  BRANCH
  PUSH
  REPOSITORY
  TAG
}

type RepositoryTopic implements Node {
  id: ID!
  topic: Topic!
}

type RepositoryTopicConnection {
  nodes: [RepositoryTopic]
  pageInfo: PageInfo!
  totalCount: Int!
}

enum RepositoryVisibility {
  INTERNAL
  PRIVATE
  PUBLIC
}

type RequiredStatusChecksParameters {
  requiredStatusChecks: [StatusCheckConfiguration!]!
  strictRequiredStatusChecksPolicy: Boolean!
}

enum RuleEnforcement {
  ACTIVE
  DISABLED
  EVALUATE
}

union RuleParameters = PullRequestParameters | RequiredStatusChecksParameters

enum SquashMergeCommitMessage {
  BLANK
  COMMIT_MESSAGES
  PR_BODY
}

enum SquashMergeCommitTitle {
  COMMIT_OR_PR_TITLE
  PR_TITLE
}

type StatusCheckConfiguration {
  context: String!
  integrationId: Int
}

type Team implements Node {
  createdAt: DateTime!
  databaseId: Int
  description: String
  id: ID!
  members(after: String, before: String, first: Int, last: Int, query: String): TeamMemberConnection!
  name: String!
  notificationSetting: TeamNotificationSetting!
  organization: Organization!
  parentTeam: Team
  privacy: TeamPrivacy!
  repositories(after: String, before: String, first: Int, last: Int, query: String): TeamRepositoryConnection!
  slug: String!
  updatedAt: DateTime!
  url: URI!
}

type TeamConnection {
  nodes: [Team]
  pageInfo: PageInfo!
  totalCount: Int!
}

type TeamMemberConnection {
  nodes: [User]
  pageInfo: PageInfo!
  totalCount: Int!
}

enum TeamNotificationSetting {
  NOTIFICATIONS_DISABLED
  NOTIFICATIONS_ENABLED
}

enum TeamPrivacy {
  SECRET
  VISIBLE
}

type TeamRepositoryConnection {
  pageInfo: PageInfo!
  totalCount: Int!
}

type Topic implements Node {
  id: ID!
  name: String!
}

scalar URI

input UpdateRepositoryInput {
  clientMutationId: String
  description: String
  hasDiscussionsEnabled: Boolean
  hasIssuesEnabled: Boolean
  hasProjectsEnabled: Boolean
  hasSponsorshipsEnabled: Boolean
  hasWikiEnabled: Boolean
  homepageUrl: URI
  name: String
  repositoryId: ID!
  template: Boolean
}

type UpdateRepositoryPayload {
  clientMutationId: String
  repository: Repository
}

type User implements Actor & Node & RepositoryOwner {
  avatarUrl(size: Int): URI!
  databaseId: Int
  id: ID!
  login: String!
  name: String
  resourcePath: URI!
  url: URI!
}
`
