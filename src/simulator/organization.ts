import { type ActionsPolicy, newActionsPolicy } from './actions-policy.ts'
import { type AuditLogEntry, audit, auditSettings } from './audit-log.ts'
import { type By, senderOf } from './by.ts'
import { type CustomProperty, type CustomPropertyDraft, defineProperty, removeProperty } from './custom-properties.ts'
import { emit, type Occurrence } from './emit.ts'
import { createHook, type Hook, type HookDraft } from './hook.ts'
import type { Installation } from './installation.ts'
import { nodeId } from './node-id.ts'
import { newOrganizationPolicies, type OrganizationPolicies } from './organization-policies.ts'
import { newOrganizationSettings, type OrganizationSettings } from './organization-settings.ts'
import { organizationAsAccount, userObject } from './payloads/account.ts'
import { hookMention, ping } from './payloads/hook.ts'
import { createRepository, type Repository, type RepositoryDraft } from './repository.ts'
import { createRuleset, type Ruleset, type RulesetDraft } from './ruleset.ts'
import { createTeam, type Team, type TeamDraft } from './team.ts'
import { wholeSecond } from './timestamp.ts'
import { type User, userNamed } from './user.ts'
import { installationsOn, organizationNamed, type World } from './world.ts'

type Role = 'admin' | 'member'

export interface OrganizationDraft {
  readonly login: string
  /** GitHub's name of the plan: `free`, `team`, `business`, `enterprise`. */
  readonly plan?: string | undefined
  /** Login of the owner; by default the organization's login with `-owner`. */
  readonly owner?: string | undefined
  readonly settings?: Partial<OrganizationSettings> | undefined
}

/** An organization: its state to read, and what people do to it. */
export interface Organization {
  readonly kind: 'organization'
  readonly id: number
  readonly nodeId: string
  readonly createdAt: number
  readonly owner: User
  readonly members: Map<User, Role>
  readonly blockedUsers: Set<User>
  readonly repositories: Map<string, Repository>
  readonly hooks: Hook[]
  readonly teams: Map<number, Team>
  readonly rulesets: Map<number, Ruleset>
  readonly customProperties: Map<string, CustomProperty>
  readonly actions: ActionsPolicy
  /** Members who do not use two-factor authentication. GitHub tells nobody when that changes. */
  readonly withoutTwoFactor: Set<User>
  readonly settings: OrganizationSettings
  readonly policies: {
    readonly now: Readonly<OrganizationPolicies>
    /** Changes some of them; GitHub tells nobody. */
    set(change: Partial<OrganizationPolicies>): void
  }
  readonly description: string | null
  /** Of an organization on Enterprise Cloud, oldest first; of any other empty. */
  readonly auditLog: AuditLogEntry[]
  /** Of Apps, whoever owns them. */
  readonly installations: readonly Installation[]
  login: string
  plan: string
  updatedAt: number
  createRepository(draft: RepositoryDraft & By): Repository
  rename(login: string, by?: By): void
  addMember(login: string, by?: By & { role?: Role }): void
  removeMember(login: string, by?: By): void
  /** Makes a member an owner, or an owner a member; GitHub tells nobody. */
  setRole(login: string, role: Role, by?: By): void
  setTwoFactor(login: string, isOn: boolean): void
  createTeam(draft: TeamDraft & By): Team
  createRuleset(draft: RulesetDraft & By): Ruleset
  defineProperty(draft: CustomPropertyDraft & By): void
  removeProperty(name: string, by?: By): void
  /** Changes the Actions policy; GitHub tells nobody. */
  setActions(change: Partial<ActionsPolicy>, by?: By): void
  /** Changes settings; GitHub tells nobody. */
  set(settings: Partial<OrganizationSettings>, by?: By): void
  block(login: string, by?: By): void
  unblock(login: string, by?: By): void
  /** An owner makes a webhook in the settings pages. */
  createHook(draft: HookDraft, by?: By): Hook
  delete(by?: By): void
}

export function createOrganization(world: World, draft: OrganizationDraft): Organization {
  if (organizationNamed(world, draft.login)) throw new Error(`There is an organization ${draft.login} already.`)
  const id = world.newId()
  const owner = userNamed(world, draft.owner ?? `${draft.login}-owner`)
  const settings = { ...newOrganizationSettings(draft.login), ...draft.settings }
  const policies = newOrganizationPolicies()
  const actions = newActionsPolicy()
  const organization: Organization = {
    kind: 'organization',
    id,
    nodeId: nodeId('O', id),
    createdAt: wholeSecond(world.now()),
    updatedAt: wholeSecond(world.now()),
    login: draft.login,
    plan: draft.plan ?? 'team',
    owner,
    members: new Map([[owner, 'admin']]),
    blockedUsers: new Set(),
    auditLog: [],
    repositories: new Map(),
    hooks: [],
    teams: new Map(),
    rulesets: new Map(),
    customProperties: new Map(),
    actions,
    withoutTwoFactor: new Set(),
    settings,
    policies: {
      now: policies,
      set: (change) => {
        Object.assign(policies, change)
        world.history.organization(organization)
      },
    },
    get description() {
      return settings.description
    },
    get installations() {
      return installationsOn(world, organization)
    },
    createRepository: (repository) => createRepository(world, organization, repository),
    rename: (login, by) => rename(world, organization, login, by),
    addMember: (login, by) => addMember(world, organization, login, by),
    removeMember: (login, by) => removeMember(world, organization, login, by),
    setRole: (login, role, by) => {
      organization.members.set(memberNamed(world, organization, login), role)
      audit(world, organization, 'org.update_member', by, { user: login })
    },
    setTwoFactor: (login, isOn) => {
      const { withoutTwoFactor } = organization
      if (isOn) withoutTwoFactor.delete(memberNamed(world, organization, login))
      else withoutTwoFactor.add(memberNamed(world, organization, login))
    },
    createTeam: (team) => createTeam(world, organization, team),
    createRuleset: (ruleset) => createRuleset(world, { organization }, ruleset),
    defineProperty: (property) => defineProperty(world, organization, property),
    removeProperty: (name, by) => removeProperty(world, organization, name, by),
    setActions: (change, by) => {
      Object.assign(actions, change)
      audit(world, organization, 'org.update_actions_settings', by)
    },
    set: (change, by) => {
      Object.assign(settings, change)
      touch(world, organization)
      auditSettings(world, organization, change, by)
    },
    block: (login, by) => block(world, organization, userNamed(world, login), by),
    unblock: (login, by) => unblock(world, organization, userNamed(world, login), by),
    createHook: (hook, by) => createHookByHand(world, organization, hook, by),
    delete: (by) => remove(world, organization, by),
  }
  world.organizations.set(id, organization)
  world.nodes.set(organization.nodeId, organization)
  touch(world, organization)
  return organization
}

const touch = (world: World, organization: Organization): void => {
  organization.updatedAt = wholeSecond(world.now())
  world.history.organization(organization)
}

const tell = (world: World, organization: Organization, by: By | undefined, what: Omit<Occurrence, 'sender'>) =>
  void emit(world, { organization, sender: senderOf(world, organization, by), ...what })

function rename(world: World, organization: Organization, login: string, by?: By): void {
  if (organizationNamed(world, login)) throw new Error(`There is an organization ${login} already.`)
  const from = organization.login
  for (const repository of organization.repositories.values()) {
    world.redirects.set(`${from}/${repository.name}`.toLowerCase(), repository.id)
  }
  organization.login = login
  touch(world, organization)
  for (const repository of organization.repositories.values()) world.history.repository(repository)
  const changes = { login: { from } }
  tell(world, organization, by, { event: 'organization', action: 'renamed', says: { changes } })
  const says = { changes, account: organizationAsAccount(world.urls, organization), target_type: 'Organization' }
  tell(world, organization, by, { event: 'installation_target', action: 'renamed', says })
}

function memberNamed(world: World, { login: org, members }: Organization, login: string): User {
  const user = userNamed(world, login)
  if (!members.has(user)) throw new Error(`${login} is no member of ${org}.`)
  return user
}

export function membership(world: World, organization: Organization, user: User, role: Role) {
  const url = `${world.urls.api}/orgs/${organization.login}`
  return {
    url: `${url}/memberships/${user.login}`,
    state: 'active',
    role,
    organization_url: url,
    user: userObject(world.urls, user),
  }
}

function addMember(world: World, organization: Organization, login: string, by?: By & { role?: Role }): void {
  const user = userNamed(world, login)
  const role = by?.role ?? 'member'
  organization.members.set(user, role)
  const says = { membership: membership(world, organization, user, role) }
  tell(world, organization, by, { event: 'organization', action: 'member_added', says })
}

function removeMember(world: World, organization: Organization, login: string, by?: By): void {
  const user = userNamed(world, login)
  const role = organization.members.get(user)
  if (!role) throw new Error(`${login} is no member of ${organization.login}.`)
  organization.members.delete(user)
  const says = { membership: membership(world, organization, user, role) }
  tell(world, organization, by, { event: 'organization', action: 'member_removed', says })
}

function block(world: World, organization: Organization, user: User, by?: By): void {
  organization.blockedUsers.add(user)
  const says = { blocked_user: userObject(world.urls, user) }
  tell(world, organization, by, { event: 'org_block', action: 'blocked', says })
}

function unblock(world: World, organization: Organization, user: User, by?: By): void {
  organization.blockedUsers.delete(user)
  const says = { blocked_user: userObject(world.urls, user) }
  tell(world, organization, by, { event: 'org_block', action: 'unblocked', says })
}

/** Adds a hook without its ping, so that the maker decides whether to wait for it. */
export function addHook(world: World, organization: Organization, draft: HookDraft, by?: By): Hook {
  const note = (action: string, { id }: Hook, by?: By) => audit(world, organization, action, by, { hook_id: id })
  const onDelete = (hook: Hook, by?: By) => removeHook(world, organization, hook, by)
  const hook = createHook({ organization }, draft, {
    id: world.newId(),
    now: world.now,
    onChange: (hook, by) => {
      world.history.hook(hook)
      if (organization.hooks.includes(hook)) note('hook.config_changed', hook, by)
    },
    onDelete,
  })
  organization.hooks.push(hook)
  note('hook.create', hook, by)
  return hook
}

/** Greets a hook, as GitHub does while it makes one and when asked; resolves when the attempt is over. */
export const pingHook = (world: World, organization: Organization, hook: Hook, sender: User): Promise<void> =>
  emit(world, { event: 'ping', organization, sender, says: ping(world.urls, hook), to: { hook } })

function createHookByHand(world: World, organization: Organization, draft: HookDraft, by?: By): Hook {
  const hook = addHook(world, organization, draft, by)
  void pingHook(world, organization, hook, senderOf(world, organization, by))
  return hook
}

/** A hook with `meta` among its events is told of its own end. */
function removeHook(world: World, organization: Organization, hook: Hook, by?: By): void {
  organization.hooks.splice(organization.hooks.indexOf(hook), 1)
  world.history.hook(hook, 'gone')
  audit(world, organization, 'hook.destroy', by, { hook_id: hook.id })
  if (!hook.events.includes('meta') && !hook.events.includes('*')) return
  const says = { hook_id: hook.id, hook: hookMention(hook) }
  tell(world, organization, by, { event: 'meta', action: 'deleted', says, to: { hook } })
}

function remove(world: World, organization: Organization, by?: By): void {
  const owner = organization.owner
  const says = { membership: membership(world, organization, owner, 'admin') }
  tell(world, organization, by, { event: 'organization', action: 'deleted', says })
  for (const installation of installationsOn(world, organization)) installation.uninstall(by)
  for (const repository of organization.repositories.values()) {
    world.repositories.delete(repository.id)
    world.nodes.delete(repository.nodeId)
    world.history.repository(repository, 'gone')
  }
  for (const hook of organization.hooks.splice(0)) world.history.hook(hook, 'gone')
  world.history.organization(organization, 'gone')
  world.organizations.delete(organization.id)
  world.nodes.delete(organization.nodeId)
}
