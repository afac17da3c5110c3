import type { App } from './app.ts'
import { audit } from './audit-log.ts'
import { type By, senderOf } from './by.ts'
import { emit } from './emit.ts'
import { permittedEvents } from './event-permissions.ts'
import { nodeId } from './node-id.ts'
import type { Organization } from './organization.ts'
import { installationObject } from './payloads/installation.ts'
import { repositoryMention } from './payloads/repository.ts'
import { holds, type Permissions } from './permission.ts'
import type { Repository } from './repository.ts'
import { wholeSecond } from './timestamp.ts'
import type { User } from './user.ts'
import type { World } from './world.ts'

export interface InstallationDraft extends By {
  /** What the owner grants; by default all that the App asks for. */
  readonly permissions?: Permissions | undefined
  readonly events?: readonly string[] | undefined
  readonly repositorySelection?: 'all' | 'selected' | undefined
  readonly repositories?: readonly Repository[] | undefined
}

type Mention = ReturnType<typeof repositoryMention>

/** An App on one organization. */
export interface Installation {
  readonly id: number
  readonly nodeId: string
  readonly app: App
  readonly organization: Organization
  readonly createdAt: number
  /** The accepted events whose permission is granted. */
  readonly events: readonly string[]
  permissions: Permissions
  repositorySelection: 'all' | 'selected'
  updatedAt: number
  suspendedAt: number | null
  suspendedBy: User | null
  covers(repository: Repository): boolean
  /** Those it covers, in the order of their ids. */
  repositories(): Repository[]
  /** An owner accepts what the App asks for: these permissions, by default all. */
  grant(permissions?: Permissions, by?: By): void
  /** Back to before one permission was accepted. GitHub tells nobody. */
  revoke(...keys: readonly string[]): void
  suspend(by?: By): void
  unsuspend(by?: By): void
  uninstall(by?: By): void
  addRepositories(repositories: readonly Repository[], by?: By): void
  removeRepositories(repositories: readonly Repository[], by?: By): void
  /** All, or only these. */
  selectRepositories(repositories: 'all' | readonly Repository[], by?: By): void
  /** A repository went out of reach by a transfer; the mention is from before it. */
  lose(repository: Repository, mention: Mention, by?: By): void
}

interface State {
  readonly selected: Set<number>
  accepted: readonly string[]
}

export function install(world: World, app: App, organization: Organization, draft: InstallationDraft): Installation {
  const id = world.newId()
  const now = wholeSecond(world.now())
  const state: State = {
    selected: new Set(draft.repositories?.map((repository) => repository.id)),
    accepted: draft.events ?? app.events,
  }
  const installation: Installation = {
    id,
    nodeId: nodeId('IIN', id),
    app,
    organization,
    createdAt: now,
    updatedAt: now,
    permissions: { metadata: 'read', ...(draft.permissions ?? app.permissions) },
    repositorySelection: draft.repositorySelection ?? (draft.repositories ? 'selected' : 'all'),
    suspendedAt: null,
    suspendedBy: null,
    get events() {
      return permittedEvents(state.accepted, installation.permissions)
    },
    covers: (repository) =>
      repository.organization === organization &&
      (installation.repositorySelection === 'all' || state.selected.has(repository.id)),
    repositories: () =>
      [...organization.repositories.values()]
        .filter((repository) => installation.covers(repository))
        .sort((one, other) => one.id - other.id),
    ...ownersActions(world, () => installation, state),
    ...selection(world, () => installation, state),
  }
  if (!holds(app.permissions, installation.permissions)) throw new Error('The App does not ask for these permissions.')
  world.installations.set(id, installation)
  tell(world, installation, 'created', draft)
  return installation
}

const auditedAs: Readonly<Record<string, string>> = {
  created: 'create',
  deleted: 'destroy',
  suspend: 'suspend',
  unsuspend: 'unsuspend',
  new_permissions_accepted: 'version_updated',
}

/** Told to the App always, suspended or not. */
function tell(world: World, installation: Installation, action: string, by?: By): void {
  installation.updatedAt = wholeSecond(world.now())
  world.history.installation(installation, action === 'deleted' ? 'gone' : undefined)
  const operation = auditedAs[action]
  if (operation)
    audit(world, installation.organization, `integration_installation.${operation}`, by, {
      name: installation.app.name,
    })
  const sender = senderOf(world, installation.organization, by)
  const withRepositories = ['created', 'deleted', 'new_permissions_accepted'].includes(action)
  const says = {
    installation: installationObject(world.urls, installation),
    ...(withRepositories && { repositories: installation.repositories().map(repositoryMention) }),
    requester: null,
  }
  void emit(world, { event: 'installation', action, sender, says, to: { installation } })
}

type OwnersActions = Pick<Installation, 'grant' | 'revoke' | 'suspend' | 'unsuspend' | 'uninstall'>

function ownersActions(world: World, of: () => Installation, state: State): OwnersActions {
  return {
    grant: (permissions, by) => {
      const installation = of()
      const { app } = installation
      const wanted = { ...installation.permissions, ...(permissions ?? app.permissions) }
      if (!holds(app.permissions, wanted)) throw new Error('The App does not ask for these permissions.')
      installation.permissions = wanted
      state.accepted = app.events
      tell(world, installation, 'new_permissions_accepted', by)
    },
    revoke: (...keys) => {
      const installation = of()
      const left = Object.entries(installation.permissions).filter(([key]) => !keys.includes(key))
      installation.permissions = Object.fromEntries(left)
      world.history.installation(installation)
    },
    suspend: (by) => {
      const installation = of()
      installation.suspendedAt = wholeSecond(world.now())
      installation.suspendedBy = senderOf(world, installation.organization, by)
      tell(world, installation, 'suspend', by)
    },
    unsuspend: (by) => {
      const installation = of()
      installation.suspendedAt = null
      installation.suspendedBy = null
      tell(world, installation, 'unsuspend', by)
    },
    uninstall: (by) => {
      const installation = of()
      tell(world, installation, 'deleted', by)
      world.installations.delete(installation.id)
    },
  }
}

type Selection = Pick<Installation, 'addRepositories' | 'removeRepositories' | 'selectRepositories' | 'lose'>

function selection(world: World, of: () => Installation, { selected }: State): Selection {
  const tellOf = (action: 'added' | 'removed', mentions: readonly Mention[], by?: By) => {
    if (mentions.length === 0) return
    const installation = of()
    installation.updatedAt = wholeSecond(world.now())
    const sender = senderOf(world, installation.organization, by)
    const says = {
      installation: installationObject(world.urls, installation),
      repository_selection: installation.repositorySelection,
      repositories_added: action === 'added' ? mentions : [],
      repositories_removed: action === 'removed' ? mentions : [],
      requester: null,
    }
    void emit(world, { event: 'installation_repositories', action, sender, says, to: { installation } })
  }
  /** Makes the change and tells what came and what went. */
  const change = (make: () => void, by?: By) => {
    const before = of().repositories()
    make()
    world.history.installation(of())
    const after = of().repositories()
    const added = after.filter((repository) => !before.includes(repository))
    const removed = before.filter((repository) => !after.includes(repository))
    tellOf('added', added.map(repositoryMention), by)
    tellOf('removed', removed.map(repositoryMention), by)
  }
  const onlySelected = () => {
    if (of().repositorySelection === 'all') throw new Error('The installation covers all repositories.')
  }
  return {
    addRepositories: (repositories, by) => {
      onlySelected()
      change(() => {
        for (const repository of repositories) selected.add(repository.id)
      }, by)
    },
    removeRepositories: (repositories, by) => {
      onlySelected()
      change(() => {
        for (const repository of repositories) selected.delete(repository.id)
      }, by)
    },
    selectRepositories: (repositories, by) =>
      change(() => {
        of().repositorySelection = repositories === 'all' ? 'all' : 'selected'
        selected.clear()
        for (const repository of repositories === 'all' ? [] : repositories) selected.add(repository.id)
      }, by),
    lose: (repository, mention, by) => {
      selected.delete(repository.id)
      tellOf('removed', [mention], by)
    },
  }
}
