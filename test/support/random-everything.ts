import type { App } from '../../src/simulator/app.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import type { Repository } from '../../src/simulator/repository.ts'
import type { Simulator } from '../../src/simulator/simulator.ts'
import { changeable, repositoryChanges } from './random-changes.ts'

export interface Changing {
  readonly sim: Simulator
  readonly org: Organization
  /** Where repositories are transferred to, and from. */
  readonly other: Organization
  readonly random: () => number
}

type Changes = Readonly<Record<string, (repository: Repository) => void>>

/**
 * What people do to an organization, of every type of resource: each call is one random change, and returns its
 * kind. Some change nothing, as there is nothing to change.
 */
export function changingEverything(changing: Changing): { readonly kinds: string[]; change(): string } {
  const { org, other, random } = changing
  const { pick } = picking(random)
  const repositories = repositoryChanges(org, other, random)
  const rest: Changes = {
    ...ofPeople(changing),
    ...ofRepository(changing),
    ...ofSettings(changing),
    ...ofApps(changing),
  }
  const all: Changes = { ...repositories, ...rest }
  return {
    kinds: Object.keys(all),
    change() {
      const mine = changeable(org)
      const kind = mine.length < 10 ? 'create' : pick(Object.keys(pick([repositories, rest, rest])))
      all[kind]?.(pick(mine))
      return kind
    },
  }
}

/** One of those there are; `one` does nothing where there is none. */
function picking(random: () => number) {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const one = <T>(all: Iterable<T>, act: (each: T) => void): void => {
    const found = [...all]
    if (found.length > 0) act(pick(found))
  }
  return { pick, one }
}

/** Who is a member, in which team, outside, or kept out. */
function ofPeople({ org, random }: Changing): Changes {
  const { pick, one } = picking(random)
  let made = 0
  const members = () => [...org.members.keys()].filter((user) => user !== org.owner)
  return {
    addMember: () => org.addMember(`person-${made++}`),
    removeMember: () => one(members(), ({ login }) => org.removeMember(login)),
    setRole: () => one(members(), ({ login }) => org.setRole(login, pick(['admin', 'member']))),
    block: () => org.block(`troll-${made++}`),
    unblock: () => one(org.blockedUsers, ({ login }) => org.unblock(login)),
    createTeam: () =>
      void org.createTeam({
        name: `Team ${made++}`,
        privacy: pick(['closed', 'secret']),
        parent: pick([null, ...org.teams.values()]),
      }),
    editTeam: () =>
      one(org.teams.values(), (team) => team.edit({ name: `Renamed ${made++}`, description: `said ${made}` })),
    joinTeam: () => one(org.teams.values(), (team) => one(members(), ({ login }) => team.addMember(login))),
    leaveTeam: () => one(org.teams.values(), (team) => one(team.members, ({ login }) => team.removeMember(login))),
    deleteTeam: () =>
      one(
        [...org.teams.values()].filter((team) => ![...org.teams.values()].some(({ parent }) => parent === team)),
        (team) => team.delete(),
      ),
    addCollaborator: (repository) =>
      repository.addCollaborator(pick([`guest-${made++}`, ...members().map((each) => each.login)])),
    removeCollaborator: (repository) =>
      one(repository.collaborators, ({ login }) => repository.removeCollaborator(login)),
  }
}

/** What lies below repositories. */
function ofRepository({ org, random }: Changing): Changes {
  const { pick, one } = picking(random)
  let made = 0
  return {
    push: (repository) => void (repository.archived || repository.push()),
    branch: (repository) => repository.edit({ defaultBranch: pick(['main', 'trunk', 'develop']) }),
    settings: ({ set, settings }) =>
      set({
        deleteBranchOnMerge: !settings.deleteBranchOnMerge,
        hasWiki: random() < 0.5,
        allowSquashMerge: random() < 0.5,
      }),
    protect: (repository) => void repository.protectBranch(`branch-${made++}`, { requiresApprovingReviews: true }),
    protectLess: ({ branchProtectionRules }) =>
      one(branchProtectionRules.values(), (rule) =>
        rule.edit({ allowsForcePushes: !rule.allowsForcePushes, requiredStatusCheckContexts: [`check ${made++}`] }),
      ),
    unprotect: ({ branchProtectionRules }) => one(branchProtectionRules.values(), (rule) => rule.delete()),
    createRuleset: (repository) => void repository.createRuleset({ name: `rules ${made++}` }),
    editRuleset: ({ rulesets }) =>
      one(rulesets.values(), (ruleset) => ruleset.edit({ enforcement: pick(['active', 'evaluate', 'disabled']) })),
    deleteRuleset: ({ rulesets }) => one(rulesets.values(), (ruleset) => ruleset.delete()),
    addKey: (repository) => void repository.addDeployKey({ title: `key ${made++}`, readOnly: random() < 0.5 }),
    deleteKey: ({ deployKeys }) => one(deployKeys.values(), (key) => key.delete()),
    setProperties: (repository) =>
      one(org.customProperties.values(), ({ name }) =>
        repository.setProperties({ [name]: pick([null, `value ${made++}`]) }),
      ),
  }
}

/** What the settings pages of the organization have. Most of it is told by no event. */
function ofSettings({ org, random }: Changing): Changes {
  const { pick, one } = picking(random)
  let made = 0
  const removableHooks = () => org.hooks.filter(({ config }) => config.url.startsWith('https://else.example'))
  return {
    setOrganization: () =>
      org.set({
        description: `said ${made++}`,
        defaultRepositoryPermission: pick(['none', 'read', 'write']),
        membersCanCreateRepositories: random() < 0.5,
      }),
    renameOrganization: () => org.rename(`acme-${made++}`),
    setActions: () =>
      org.setActions({
        allowedActions: pick(['all', 'local_only', 'selected']),
        patternsAllowed: [`acme/${made++}`],
        defaultWorkflowPermissions: pick(['read', 'write']),
      }),
    createHook: () => void org.createHook({ url: `https://else.example/${made++}?token=x`, events: ['push'] }),
    editHook: () =>
      one(removableHooks(), (hook) => hook.update({ events: ['push', 'issues'], active: random() < 0.5 })),
    deleteHook: () => one(removableHooks(), (hook) => hook.delete()),
    createOrganizationRuleset: () => void org.createRuleset({ name: `rules ${made++}` }),
    editOrganizationRuleset: () =>
      one(org.rulesets.values(), (ruleset) =>
        ruleset.edit({ name: `renamed ${made++}`, rules: ['creation', 'deletion'] }),
      ),
    deleteOrganizationRuleset: () => one(org.rulesets.values(), (ruleset) => ruleset.delete()),
    defineProperty: () => org.defineProperty({ name: `property-${made++ % 6}`, defaultValue: `default ${made}` }),
    removeProperty: () => one(org.customProperties.keys(), (name) => org.removeProperty(name)),
  }
}

/** Apps of others: nobody but they hears of it. */
function ofApps({ sim, org, other, random }: Changing): Changes {
  const { one } = picking(random)
  let made = 0
  const create = (): App =>
    sim.createApp({
      name: `Bot ${made++}`,
      owner: other,
      permissions: { issues: 'write', checks: 'write' },
      events: [],
    })
  const theirs = () => org.installations.filter(({ app }) => app.slug.startsWith('bot-'))
  return {
    install: () => {
      if (theirs().length < 5) sim.install(create(), org, { permissions: { issues: 'write' } })
    },
    grant: () => one(theirs(), (installation) => installation.grant()),
    suspend: () =>
      one(theirs(), (installation) => (installation.suspendedAt ? installation.unsuspend() : installation.suspend())),
    uninstall: () => one(theirs(), (installation) => installation.uninstall()),
  }
}
