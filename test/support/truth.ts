import type { BranchProtectionRule } from '../../src/simulator/branch-protection.ts'
import type { Hook } from '../../src/simulator/hook.ts'
import type { Installation } from '../../src/simulator/installation.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import { propertyValues } from '../../src/simulator/property-values.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import type { Ruleset } from '../../src/simulator/ruleset.ts'
import type { Facts } from './everything.ts'

type Fact = readonly [about: string, data: Readonly<Record<string, unknown>>]

/** What the simulated organization is, of every type that the CMDB has, copied: what happens later changes nothing of it. */
export function everythingOf(org: Organization): Facts {
  const repositories = [...org.repositories.values()]
  return new Map(
    structuredClone([
      ofOrganization(org),
      ofActions(org),
      [`GitHub > Blocked Users blocked-users:${org.nodeId}`, { usernames: logins(org.blockedUsers) }],
      ...[...org.teams.values()].map(
        (team): Fact => [
          `GitHub > Team ${team.nodeId}`,
          {
            databaseId: team.id,
            slug: team.slug,
            name: team.name,
            description: team.description,
            privacy: team.privacy === 'secret' ? 'secret' : 'visible',
            parentTeam: team.parent?.slug ?? null,
            membersTotalCount: team.members.size,
          },
        ],
      ),
      ...[...org.members].map(
        ([{ nodeId, id, login }, role]): Fact => [`GitHub > Member ${nodeId}`, { databaseId: id, login, role }],
      ),
      ...outsideCollaborators(org),
      ...org.hooks.map(ofHook),
      ...[...org.rulesets.values()].map((each) => ofRuleset('Organization', each)),
      ...org.installations.map(ofInstallation),
      ...[...org.customProperties.values()].map(
        ({ name, valueType, required, defaultValue, allowedValues }): Fact => [
          `GitHub > Custom Property custom-property:${name}`,
          { propertyName: name, valueType, required, defaultValue, allowedValues },
        ],
      ),
      ...repositories.flatMap(ofRepository),
    ] satisfies Fact[]),
  )
}

const logins = (users: Iterable<{ readonly login: string }>): string[] =>
  [...users].map(({ login }) => login).toSorted()

function ofOrganization({ nodeId, id, login, settings, plan }: Organization): Fact {
  return [
    `GitHub > Organization ${nodeId}`,
    {
      databaseId: id,
      login,
      name: settings.name,
      description: settings.description,
      planName: plan,
      defaultRepositoryPermission: settings.defaultRepositoryPermission,
      membersCanCreateRepositories: settings.membersCanCreateRepositories,
      membersCanCreatePublicRepositories: settings.membersCanCreatePublicRepositories,
      membersCanForkPrivateRepositories: settings.membersCanForkPrivateRepositories,
      twoFactorRequirementEnabled: settings.twoFactorRequirementEnabled,
      webCommitSignoffRequired: settings.webCommitSignoffRequired,
    },
  ]
}

/** Which actions are selected is told only where some are. */
function ofActions({ nodeId, actions }: Organization): Fact {
  const { githubOwnedAllowed, verifiedAllowed, patternsAllowed, ...rest } = actions
  const selected = { githubOwnedAllowed, verifiedAllowed, patternsAllowed: [...patternsAllowed].sort() }
  return [
    `GitHub > Actions Policy actions-policy:${nodeId}`,
    { ...rest, ...(rest.allowedActions === 'selected' && selected) },
  ]
}

function outsideCollaborators({ repositories, members }: Organization): Fact[] {
  const all = new Set([...repositories.values()].flatMap(({ collaborators }) => [...collaborators]))
  return [...all]
    .filter((user) => !members.has(user))
    .map(({ nodeId, id, login }) => [`GitHub > Outside Collaborator ${nodeId}`, { databaseId: id, login }])
}

function ofHook({ id, active, events, config: { url, contentType, insecureSsl } }: Hook): Fact {
  const { origin, pathname } = new URL(url)
  return [
    `GitHub > Organization Webhook organization-webhook:${id}`,
    {
      databaseId: id,
      active,
      events: [...events].sort(),
      url: `${origin}${pathname}`,
      contentType,
      verifiesSsl: insecureSsl === '0',
    },
  ]
}

function ofInstallation({ id, app, permissions, events, repositorySelection, suspendedAt }: Installation): Fact {
  return [
    `GitHub > App Installation app-installation:${id}`,
    {
      databaseId: id,
      appId: app.id,
      appSlug: app.slug,
      permissions,
      events: [...events].sort(),
      repositorySelection,
      suspendedAt: suspendedAt && iso(suspendedAt),
    },
  ]
}

const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

const ofSecurity = ({ nodeId, name, organization, settings }: Repository): Fact => [
  `GitHub > Repository Security repository-security:${nodeId}`,
  {
    repositoryFullName: `${organization.login}/${name}`,
    secretScanning: settings.secretScanning,
    secretScanningPushProtection: settings.secretScanningPushProtection,
    dependabotSecurityUpdates: settings.dependabotSecurityUpdates,
  },
]

function ofRepository(repository: Repository): Fact[] {
  const { id, nodeId, organization, name, settings, branchProtectionRules, rulesets, deployKeys } = repository
  const nameWithOwner = `${organization.login}/${name}`
  const properties = propertyValues(repository).map(({ property_name, value }) => [property_name, value])
  return [
    [
      `GitHub > Repository ${nodeId}`,
      {
        databaseId: id,
        name,
        nameWithOwner,
        visibility: repository.visibility,
        isArchived: repository.archived,
        description: repository.description,
        homepageUrl: repository.homepage,
        defaultBranch: repository.defaultBranch,
        headSha: repository.branches.get(repository.defaultBranch) ?? null,
        topics: [...repository.topics].sort(),
        isTemplate: settings.isTemplate,
        hasIssuesEnabled: settings.hasIssues,
        hasProjectsEnabled: settings.hasProjects,
        hasWikiEnabled: settings.hasWiki,
        hasDiscussionsEnabled: settings.hasDiscussions,
        forkingAllowed: settings.allowForking,
        mergeCommitAllowed: settings.allowMergeCommit,
        squashMergeAllowed: settings.allowSquashMerge,
        rebaseMergeAllowed: settings.allowRebaseMerge,
        autoMergeAllowed: settings.allowAutoMerge,
        allowUpdateBranch: settings.allowUpdateBranch,
        deleteBranchOnMerge: settings.deleteBranchOnMerge,
        webCommitSignoffRequired: settings.webCommitSignoffRequired,
      },
    ],
    [
      `GitHub > Custom Property Values custom-property-values:${id}`,
      { repositoryId: id, repositoryFullName: nameWithOwner, properties: Object.fromEntries(properties) },
    ],
    ofSecurity(repository),
    ...[...branchProtectionRules.values()].map(ofProtection),
    ...[...rulesets.values()].map((each) => ofRuleset('Repository', each)),
    ...[...deployKeys.values()].map(
      ({ nodeId, title, key, readOnly }): Fact => [
        `GitHub > Deploy Key ${nodeId}`,
        { keyTitle: title, key, readOnly, enabled: organization.settings.deployKeysEnabledForRepositories },
      ],
    ),
  ]
}

function ofProtection(rule: BranchProtectionRule): Fact {
  return [
    `GitHub > Branch Protection Rule ${rule.nodeId}`,
    {
      databaseId: rule.id,
      pattern: rule.pattern,
      allowsDeletions: rule.allowsDeletions,
      allowsForcePushes: rule.allowsForcePushes,
      isAdminEnforced: rule.isAdminEnforced,
      requiresApprovingReviews: rule.requiresApprovingReviews,
      requiredApprovingReviewCount: rule.requiredApprovingReviewCount,
      requiresStatusChecks: rule.requiresStatusChecks,
      requiredStatusCheckContexts: [...rule.requiredStatusCheckContexts].sort(),
      requiresLinearHistory: rule.requiresLinearHistory,
    },
  ]
}

/** Who need not keep to it is told to those only who may change it. */
function ofRuleset(of: 'Organization' | 'Repository', ruleset: Ruleset): Fact {
  const { nodeId, id, name, target, enforcement, rules } = ruleset
  return [
    `GitHub > ${of} Ruleset ${nodeId}`,
    { databaseId: id, name, target, enforcement, rules: rules.map((type) => ({ type })) },
  ]
}
