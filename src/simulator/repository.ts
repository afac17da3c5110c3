import { type BranchProtectionRule, type BranchProtectionSettings, protectBranch } from './branch-protection.ts'
import { type By, senderOf } from './by.ts'
import { type CheckRun, rerequestCheckRun } from './check-run.ts'
import { type CheckSuite, rerequestSuite } from './check-suite.ts'
import { claimName } from './claim-name.ts'
import type { CommitStatus } from './commit-status.ts'
import { setProperties } from './custom-properties.ts'
import { addDeployKey, type DeployKey } from './deploy-key.ts'
import type { Commit, FileChanges } from './git.ts'
import { createIssue, type Issue, type IssueDraft, setIssueState } from './issue.ts'
import { nodeId } from './node-id.ts'
import type { Organization } from './organization.ts'
import type { PullRequest, PullRequestDraft } from './pull-request.ts'
import { openPullRequest } from './pull-request-changes.ts'
import { commitOnto, pushTo } from './push.ts'
import * as changes from './repository-changes.ts'
import { newRepositorySettings, type RepositorySettings } from './repository-settings.ts'
import { createRuleset, type Ruleset, type RulesetDraft } from './ruleset.ts'
import { tell } from './tell.ts'
import { wholeSecond } from './timestamp.ts'
import { type User, userNamed } from './user.ts'
import type { World } from './world.ts'

export type Visibility = 'public' | 'private' | 'internal'

export interface RepositoryDraft {
  readonly name: string
  readonly visibility?: Visibility | undefined
  readonly description?: string | null | undefined
  readonly homepage?: string | null | undefined
  readonly topics?: readonly string[] | undefined
  readonly defaultBranch?: string | undefined
  readonly settings?: Partial<RepositorySettings> | undefined
  readonly fork?: boolean | undefined
  readonly language?: string | null | undefined
  /** Without any commit, and so without a branch. */
  readonly empty?: boolean | undefined
}

/** A repository: its state to read, and what people do to it. */
export interface Repository {
  readonly kind: 'repository'
  readonly id: number
  readonly nodeId: string
  readonly createdAt: number
  readonly fork: boolean
  readonly language: string | null
  readonly settings: RepositorySettings
  readonly branches: Map<string, string>
  readonly commits: Map<string, Commit>
  /** Pull requests among them. */
  readonly issues: Issue[]
  readonly pullRequests: PullRequest[]
  /** Those whose branch is here, whatever repository they are to. */
  readonly pullRequestsFrom: PullRequest[]
  readonly checkRuns: CheckRun[]
  readonly checkSuites: CheckSuite[]
  readonly statuses: CommitStatus[]
  readonly branchProtectionRules: Map<number, BranchProtectionRule>
  readonly rulesets: Map<number, Ruleset>
  readonly deployKeys: Map<number, DeployKey>
  readonly customProperties: Map<string, string>
  /** People who were given access by themselves, members of the organization or not. */
  readonly collaborators: Set<User>
  organization: Organization
  name: string
  visibility: Visibility
  description: string | null
  homepage: string | null
  defaultBranch: string
  topics: readonly string[]
  archived: boolean
  updatedAt: number
  pushedAt: number
  rename(name: string, by?: By): void
  transfer(to: Organization, by?: By): void
  setVisibility(visibility: Visibility, by?: By): void
  archive(by?: By): void
  unarchive(by?: By): void
  delete(by?: By): void
  /** Changes what `repository.edited` tells of. */
  edit(change: RepositoryEdit, by?: By): void
  /** Changes settings; GitHub tells of those that are about security, and of no other. */
  set(settings: Partial<RepositorySettings>, by?: By): void
  /** Takes the branch's protection, pull requests and redirects along, and the default branch with it. */
  renameBranch(from: string, to: string, by?: By): void
  /** A new commit on the branch, by default the default branch; returns its SHA. */
  push(branch?: string, by?: By): string
  /** The same, with texts of one's own. */
  commit(changes: FileChanges, on?: { readonly branch?: string } & By): string
  openPullRequest(draft: PullRequestDraft & By): PullRequest
  protectBranch(pattern: string, settings?: Partial<BranchProtectionSettings> & By): BranchProtectionRule
  createRuleset(draft: RulesetDraft & By): Ruleset
  addDeployKey(draft: { title: string; readOnly?: boolean } & By): DeployKey
  setProperties(values: Readonly<Record<string, string | null>>, by?: By): void
  addCollaborator(login: string, by?: By): void
  removeCollaborator(login: string, by?: By): void
  createIssue(draft: IssueDraft & { readonly author?: string | undefined }): Issue
  closeIssue(number: number, by?: By): void
  reopenIssue(number: number, by?: By): void
  /** Somebody presses “Re-run” on a check run. */
  rerequestCheckRun(id: number, by?: By): void
  /** Somebody presses “Re-run all checks”. */
  rerequestCheckSuite(id: number, by?: By): void
}

export interface RepositoryEdit {
  readonly description?: string | null | undefined
  readonly homepage?: string | null | undefined
  readonly defaultBranch?: string | undefined
  readonly topics?: readonly string[] | undefined
}

export function createRepository(world: World, organization: Organization, draft: RepositoryDraft & By): Repository {
  const repository = newRepository(world, organization, draft)
  claimName(world, organization, repository)
  world.repositories.set(repository.id, repository)
  world.nodes.set(repository.nodeId, repository)
  if (!draft.empty) commitOnto(world, repository, repository.defaultBranch, senderOf(world, organization, draft))
  tell(world, repository, draft, { event: 'repository', action: 'created' })
  return repository
}

/** Whose it is now: it may be transferred. */
const placeOf = (repository: Repository) => ({
  get organization() {
    return repository.organization
  },
  repository,
})

function newRepository(world: World, organization: Organization, draft: RepositoryDraft): Repository {
  const id = world.newId()
  const settings = { ...newRepositorySettings, ...draft.settings }
  const now = wholeSecond(world.now())
  const repository: Repository = {
    kind: 'repository',
    id,
    nodeId: nodeId('R', id),
    organization,
    name: draft.name,
    visibility: draft.visibility ?? 'private',
    description: draft.description ?? null,
    homepage: draft.homepage ?? null,
    topics: draft.topics ?? [],
    defaultBranch: draft.defaultBranch ?? 'main',
    archived: false,
    fork: draft.fork ?? false,
    language: draft.language ?? null,
    settings,
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
    branches: new Map(),
    commits: new Map(),
    issues: [],
    pullRequests: [],
    pullRequestsFrom: [],
    checkRuns: [],
    checkSuites: [],
    statuses: [],
    branchProtectionRules: new Map(),
    rulesets: new Map(),
    deployKeys: new Map(),
    customProperties: new Map(),
    collaborators: new Set(),
    rename: (name, by) => changes.rename(world, repository, name, by),
    transfer: (to, by) => changes.transfer(world, repository, to, by),
    setVisibility: (visibility, by) => changes.setVisibility(world, repository, visibility, by),
    archive: (by) => changes.setArchived(world, repository, true, by),
    unarchive: (by) => changes.setArchived(world, repository, false, by),
    delete: (by) => changes.remove(world, repository, by),
    edit: (change, by) => changes.edit(world, repository, change, by),
    set: (change, by) => changes.setSettings(world, repository, change, by),
    renameBranch: (from, to, by) => changes.renameBranch(world, repository, from, to, by),
    push: (branch, by) => pushTo(world, repository, branch ?? repository.defaultBranch, by),
    commit: (files, on) => pushTo(world, repository, on?.branch ?? repository.defaultBranch, on, files),
    openPullRequest: (pullRequest) => openPullRequest(world, repository, pullRequest),
    protectBranch: (pattern, settings) => protectBranch(world, repository, pattern, settings ?? {}),
    createRuleset: (ruleset) => createRuleset(world, placeOf(repository), ruleset),
    addDeployKey: (key) => addDeployKey(world, repository, key),
    setProperties: (values, by) => setProperties(world, repository, values, by),
    addCollaborator: (login, by) => changes.changeCollaborator(world, repository, userNamed(world, login), 'added', by),
    removeCollaborator: (login, by) =>
      changes.changeCollaborator(world, repository, userNamed(world, login), 'removed', by),
    createIssue: ({ author, ...issue }) => {
      const by = author ? userNamed(world, author) : repository.organization.owner
      return createIssue(world, repository, issue, { user: by })
    },
    closeIssue: (number, by) => setIssueState(world, repository, number, 'closed', by),
    reopenIssue: (number, by) => setIssueState(world, repository, number, 'open', by),
    rerequestCheckRun: (checkRun, by) => rerequestCheckRun(world, repository, checkRun, by),
    rerequestCheckSuite: (suite, by) => rerequestSuite(world, repository, suite, by),
  }
  return repository
}
