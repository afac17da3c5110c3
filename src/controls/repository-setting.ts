import { type ControlDeclaration, type ControlType, defineControl, type EvaluateInput } from '../model/control-type.ts'
import type { GitHub } from '../model/github.ts'
import type { Permissions } from '../model/permission.ts'
import type { Resource } from '../model/resource.ts'
import { skipped } from '../model/verdict.ts'
import type { RepositoryData } from '../resources/repository.ts'
import { differing, isKnown, judgeSetting, type Means } from './setting.ts'
import { refused, unknown } from './unknown.ts'

type Nothing = Record<never, never>
type Repository = Readonly<Partial<RepositoryData>>
type Declaration<Facts> = ControlDeclaration<RepositoryData, { facts: Facts }, Nothing>

/** Where a repository is found, by REST and by GraphQL. */
export interface Place {
  readonly owner: string
  readonly repo: string
  readonly nodeId: string
}

interface RepositorySetting<Facts>
  extends Pick<Declaration<Facts>, 'path' | 'title' | 'risk' | 'advice' | 'marks' | 'readsPlan'> {
  /** What the setting is called; begins a sentence. */
  readonly what: string
  readonly means: Means<Facts>
  /** The type of the resource below the repository whose fields those are; absent: they are the repository's own. */
  readonly from?: string
  /** What reading the fields needs. */
  readonly needs: Permissions
  /** Fields of the repository that `without` and `lacking` look at. */
  readonly reads?: readonly (keyof RepositoryData & string)[]
  /** Why such a repository has no such setting. */
  readonly without?: (repository: Repository) => string | null
  /** Why the plan of the organization has no such value for such a repository. */
  readonly lacking?: (wanted: string, plan: string, repository: Repository) => string | null
  /** It matters in archived repositories too, which take no change. */
  readonly isArchivedToo?: true
  readonly writeNeeds?: Permissions
  /** Changes these fields on GitHub, and nothing else. */
  readonly write: (github: GitHub, place: Place, change: Readonly<Partial<Facts>>) => Promise<unknown>
}

/** A control over fields of a repository, or of what lies below it, that each have a value to be. */
export function repositorySetting<Facts = RepositoryData>({
  what,
  means,
  from,
  needs,
  reads = [],
  without = () => null,
  lacking = () => null,
  isArchivedToo,
  writeNeeds = { administration: 'write' },
  write,
  ...said
}: RepositorySetting<Facts>): ControlType<RepositoryData, { facts: Facts }, Nothing> {
  type Input = EvaluateInput<RepositoryData, { facts: Facts }, Nothing>
  const fields = [...new Set(Object.values(means).flatMap((asked) => Object.keys(asked)))] as typeof reads
  const factsOf = ({ resource, related }: Input) =>
    (from ? related.facts : resource) as Pick<Resource<Facts>, 'data' | 'readAt' | 'refusal'> | null
  const lackingIn = ({ wanted, plan, resource: { data } }: Input) => plan && lacking(wanted, plan, data)
  return defineControl<RepositoryData, { facts: Facts }, Nothing>({
    ...said,
    target: 'GitHub > Repository',
    related: (from ? { facts: from } : {}) as { facts: string },
    reads: [...(from ? [] : fields), 'isArchived', ...reads],
    subPolicies: {},
    wanted: Object.keys(means),
    default: 'Skip',
    needs: { check: needs, enforce: writeNeeds, why: 'so that the settings of repositories can be read' },

    evaluate(input) {
      const { resource, wanted } = input
      const facts = factsOf(input)
      const not = refused(facts) ?? notHere(resource, without, isArchivedToo)
      if (not) return not
      const lacks = lackingIn(input)
      if (!facts || !isKnown(facts.data, means[wanted])) return lacks ? skipped(lacks) : unknown(facts, what, needs)
      return judgeSetting(what, facts.data, { means, wanted, lacking: lacks })
    },

    async enforce(input) {
      const { resource, wanted, github } = input
      const facts = factsOf(input)
      const [owner, repo] = resource.data.nameWithOwner?.split('/') ?? []
      if (!facts || facts.refusal || !isKnown(facts.data, means[wanted]) || !owner || !repo) return
      if (resource.data.isArchived !== false || without(resource.data) || lackingIn(input)) return
      const change = differing(facts.data, means[wanted])
      if (Object.keys(change).length > 0) await write(github, { owner, repo, nodeId: resource.nodeId }, change)
    },
  })
}

function notHere(
  { data }: Pick<Resource<RepositoryData>, 'data'>,
  without: (repository: Repository) => string | null,
  isArchivedToo: true | undefined,
) {
  if (data.isArchived && !isArchivedToo) return skipped('The repository is archived, and takes no change.')
  const why = without(data)
  return why === null ? null : skipped(why)
}

/** Writes by `PATCH /repos/{owner}/{repo}`, which has names of its own for what GraphQL says. */
export const patching =
  (names: Readonly<Partial<Record<keyof RepositoryData, string>>>) =>
  (github: GitHub, { owner, repo }: Place, change: Readonly<Partial<RepositoryData>>) => {
    const named = Object.entries(change).map(([field, value]) => [names[field as keyof RepositoryData], value])
    return github.write('PATCH /repos/{owner}/{repo}', { owner, repo, ...Object.fromEntries(named) })
  }

/** Features that GitHub gives on the plan `free` to public repositories only. */
export const paidWhereClosed =
  (what: string) =>
  (_wanted: string, plan: string, { visibility }: Repository): string | null =>
    plan === 'free' && visibility !== 'public'
      ? `${what}: the plan free has it for public repositories only; GitHub Team has it for all.`
      : null
