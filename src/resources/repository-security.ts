import { z } from 'zod'
import type { DiscoveredPage, Observation, Payload, ReadContext } from '../model/resource-type.ts'
import { defineResource, flag, text } from '../model/resource-type.ts'
import { customPropertyValues, valuesListed } from './custom-property-values.ts'
import { asRefused } from './refused.ts'
import { repository } from './repository.ts'
import { restPages } from './rest-pages.ts'

export interface RepositorySecurityData {
  repositoryFullName: string
  secretScanning: boolean
  secretScanningPushProtection: boolean
  dependabotSecurityUpdates: boolean
}

type Seen = Extract<Observation<RepositorySecurityData>, { kind: 'seen' }>

/** There is one per repository; its node id is made of the repository's. */
const prefix = 'repository-security:'

/** The features that guard a repository, which REST lists with repositories to those who administer them. */
export const repositorySecurity = defineResource<RepositorySecurityData>({
  type: 'GitHub > Repository Security',
  view: 'github_repository_security',
  parent: 'GitHub > Repository',
  needs: { administration: 'read' },
  optional: true,
  // Who did not hear an event for a while still has it right.
  rhythm: 21_600_000,
  single: (repositoryNodeId) => `${prefix}${repositoryNodeId}`,
  fields: {
    repositoryFullName: text.from('repository', 'The repository, e.g. `acme/web`.'),
    secretScanning: flag.from('security_and_analysis', 'Commits are searched for secrets.'),
    secretScanningPushProtection: flag.from('security_and_analysis', 'Pushes that hold a secret are refused.'),
    dependabotSecurityUpdates: flag.from('security_and_analysis', 'Dependabot proposes to update what is vulnerable.'),
  },
  title: ({ repositoryFullName }) => `security features of ${repositoryFullName ?? 'a repository'}`,

  // It carries what was before, and others may be on by themselves: a look settles it.
  fromEvent: {
    security_and_analysis: prompted,
    repository: (payload) => (bringsFeatures.has(payload.action ?? '') ? prompted(payload) : []),
  },

  batch: 100,
  async read(context, nodeIds) {
    const ids = nodeIds.map((nodeId) => nodeId.slice(prefix.length))
    const listed = ids.length > few ? await newest(context, ids) : new Map<string, Seen>()
    const rest = ids.filter((id) => !listed.has(id))
    const asked = rest.length > 0 ? await oneByOne(context, rest) : []
    const told = new Map([...listed, ...rest.map((id, index) => [id, asked[index]] as const)])
    return ids.map((id) => told.get(id) ?? { kind: 'prompt', nodeId: `${prefix}${id}` })
  },

  async *discover({ connection, github }, from) {
    const ask = (page: { per_page: number; page: number }) =>
      github.get('GET /orgs/{org}/repos', { org: connection.login, ...page })
    for await (const { items, next, total } of restPages<unknown>(from, ask))
      yield { seen: items.map(fromApi), beside: valuesIn(items), next, total }
  },
})

/** The same list tells the custom properties. */
function valuesIn(items: readonly unknown[]): NonNullable<DiscoveredPage['beside']> {
  const seen = items.map(valuesListed).filter((each) => each !== null) as Observation[]
  return seen.length > 0 ? [{ type: customPropertyValues.type, seen }] : []
}

/** A new repository may have features that the organization gives to new ones; GitHub gives some to public ones; names change. */
const bringsFeatures = new Set(['created', 'publicized', 'privatized', 'transferred', 'renamed'])

function prompted({ repository: said }: Payload): Observation<RepositorySecurityData>[] {
  const found = z.object({ node_id: z.string() }).safeParse(said)
  return found.success ? [{ kind: 'prompt', nodeId: `${prefix}${found.data.node_id}` }] : []
}

/** So many are asked for one by one. */
const few = 5

/** Many at once are mostly new: the list, newest first, is read as long as that costs less than one by one. */
async function newest({ connection, github }: ReadContext, ids: readonly string[]): Promise<Map<string, Seen>> {
  const found = new Map<string, Seen>()
  const ask = (page: { per_page: number; page: number }) =>
    github.get('GET /orgs/{org}/repos', { org: connection.login, sort: 'created', direction: 'desc', ...page })
  let pages = 0
  for await (const { items } of restPages<unknown>(null, ask)) {
    for (const seen of items.map(fromApi)) found.set(seen.parentNodeId ?? '', seen)
    pages += 1
    if (ids.every((id) => found.has(id)) || pages > ids.length / 2) break
  }
  return new Map(ids.flatMap((id) => [...(found.has(id) ? [[id, found.get(id) as Seen] as const] : [])]))
}

async function oneByOne(
  context: ReadContext,
  ids: readonly string[],
): Promise<readonly Observation<RepositorySecurityData>[]> {
  const found = await repository.read(context, ids)
  return Promise.all(
    found.map(async (said): Promise<Observation<RepositorySecurityData>> => {
      const nodeId = `${prefix}${said.nodeId}`
      if (said.kind === 'gone') return { kind: 'gone', nodeId, reason: 'its repository is gone' }
      const [owner, repo] = (said.kind === 'seen' && said.data.nameWithOwner?.split('/')) || []
      if (!owner || !repo) return { kind: 'prompt', nodeId }
      return context.github.get('GET /repos/{owner}/{repo}', { owner, repo }).then(
        ({ data }) => fromApi(data),
        (error: unknown) => asRefused(error, nodeId, said.nodeId),
      )
    }),
  )
}

const feature = z.object({ status: z.enum(['enabled', 'disabled']) }).nullish()
const listed = z.object({
  node_id: z.string(),
  full_name: z.string(),
  security_and_analysis: z
    .object({
      secret_scanning: feature,
      secret_scanning_push_protection: feature,
      dependabot_security_updates: feature,
    })
    .nullish(),
})

/** GitHub shows them to those who administer the repository only: what is absent is not known. */
function fromApi(said: unknown): Seen {
  const { node_id, full_name, security_and_analysis: shown } = listed.parse(said)
  const features = {
    secretScanning: shown?.secret_scanning,
    secretScanningPushProtection: shown?.secret_scanning_push_protection,
    dependabotSecurityUpdates: shown?.dependabot_security_updates,
  }
  const known = Object.entries(features).flatMap(([name, each]) => (each ? [[name, each.status === 'enabled']] : []))
  const data = { repositoryFullName: full_name, ...Object.fromEntries(known) }
  return { kind: 'seen', nodeId: `${prefix}${node_id}`, parentNodeId: node_id, data }
}
