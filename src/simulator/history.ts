import type { Hook } from './hook.ts'
import type { Installation } from './installation.ts'
import type { Organization } from './organization.ts'
import type { Permissions } from './permission.ts'
import type { Repository, Visibility } from './repository.ts'
import type { RepositorySettings } from './repository-settings.ts'

/** What was true from a time on, until the next moment. Milliseconds since 1970, by the clock that was passed in. */
export interface Moment<State> {
  readonly at: number
  /** Null when it is gone. */
  readonly state: State | null
}

interface OrganizationState {
  readonly login: string
  readonly plan: string
  readonly settings: Organization['settings']
  readonly policies: Organization['policies']['now']
}

interface RepositoryState {
  readonly nameWithOwner: string
  readonly visibility: Visibility
  readonly archived: boolean
  readonly description: string | null
  readonly homepage: string | null
  readonly defaultBranch: string
  readonly topics: readonly string[]
  readonly settings: RepositorySettings
}

interface HookState {
  readonly active: boolean
  readonly events: readonly string[]
  readonly config: Hook['config']
}

interface InstallationState {
  readonly permissions: Permissions
  readonly events: readonly string[]
  readonly repositorySelection: 'all' | 'selected'
  readonly suspended: boolean
}

type Moments<Key, State> = ReadonlyMap<Key, readonly Moment<State>[]>

/** The simulator's own record of what was true when. A moment stands only where something changed. */
export interface History {
  /** By node id. */
  readonly organizations: Moments<string, OrganizationState>
  /** By node id. */
  readonly repositories: Moments<string, RepositoryState>
  /** By id: those of Apps and of organizations. */
  readonly hooks: Moments<number, HookState>
  /** By id. */
  readonly installations: Moments<number, InstallationState>
}

/** What was true at that time; nothing before there was anything. */
export const stateAt = <State>(moments: readonly Moment<State>[] | undefined, at: number): State | null | undefined =>
  moments?.findLast((moment) => moment.at <= at)?.state

/** Writes the history: called after each change, with what changed. */
export interface Recorder extends History {
  organization(organization: Organization, gone?: 'gone'): void
  repository(repository: Repository, gone?: 'gone'): void
  hook(hook: Hook, gone?: 'gone'): void
  installation(installation: Installation, gone?: 'gone'): void
}

function createShelf<Key, State>(now: () => number) {
  const moments = new Map<Key, Moment<State>[]>()
  const note = (key: Key, state: State | null): void => {
    const known = moments.get(key) ?? []
    moments.set(key, known)
    const copy = structuredClone(state)
    if (JSON.stringify(known.at(-1)?.state) !== JSON.stringify(copy)) known.push({ at: now(), state: copy })
  }
  return { moments, note }
}

export function createHistory(now: () => number): Recorder {
  const organizations = createShelf<string, OrganizationState>(now)
  const repositories = createShelf<string, RepositoryState>(now)
  const hooks = createShelf<number, HookState>(now)
  const installations = createShelf<number, InstallationState>(now)
  return {
    organizations: organizations.moments,
    repositories: repositories.moments,
    hooks: hooks.moments,
    installations: installations.moments,
    organization: ({ nodeId, login, plan, settings, policies }, gone) =>
      organizations.note(nodeId, gone ? null : { login, plan, settings, policies: policies.now }),
    repository: (repository, gone) => repositories.note(repository.nodeId, gone ? null : stateOf(repository)),
    hook: ({ id, active, events, config }, gone) => hooks.note(id, gone ? null : { active, events, config }),
    installation: ({ id, permissions, events, repositorySelection, suspendedAt }, gone) =>
      installations.note(
        id,
        gone ? null : { permissions, events, repositorySelection, suspended: suspendedAt !== null },
      ),
  }
}

const stateOf = (repository: Repository): RepositoryState => ({
  nameWithOwner: `${repository.organization.login}/${repository.name}`,
  visibility: repository.visibility,
  archived: repository.archived,
  description: repository.description,
  homepage: repository.homepage,
  defaultBranch: repository.defaultBranch,
  topics: repository.topics,
  settings: repository.settings,
})
