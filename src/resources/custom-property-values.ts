import { z } from 'zod'
import { Refusal } from '../model/github.ts'
import type { Observation, Payload, ReadContext } from '../model/resource-type.ts'
import { defineResource, json, number, text } from '../model/resource-type.ts'
import { restPages } from './rest-pages.ts'

export interface CustomPropertyValuesData {
  repositoryId: number
  repositoryFullName: string
  properties: Readonly<Record<string, string | readonly string[] | null>>
}

/** GitHub names the repository by its number here. */
const nodeIdOf = (repositoryId: number): string => `custom-property-values:${repositoryId}`

/** What is said of one repository. */
export const customPropertyValues = defineResource<CustomPropertyValuesData>({
  type: 'GitHub > Custom Property Values',
  view: 'github_custom_property_values',
  parent: 'GitHub > Repository',
  needs: { organization_custom_properties: 'read' },
  optional: true,
  fields: {
    repositoryId: number.from('custom_property_values', 'The numeric id of the repository.'),
    repositoryFullName: text.from('custom_property_values', 'Owner and name of the repository.'),
    properties: json.from('custom_property_values', 'The value of each property.'),
  },
  title: ({ repositoryFullName }) =>
    repositoryFullName ? `custom properties of ${repositoryFullName}` : 'custom properties of a repository',

  fromEvent: { custom_property_values: named },

  // GitHub tells those of one repository with the repository, by its name.
  batch: 1,
  async read(context, [nodeId = '']) {
    const known = await context.ours.known<CustomPropertyValuesData>(nodeId)
    const [owner = '', repo = ''] = known?.repositoryFullName?.split('/') ?? []
    if (!repo) return []
    try {
      const { data } = await context.github.get('GET /repos/{owner}/{repo}', { owner, repo })
      const { id, full_name, custom_properties } = whole.parse(data)
      // The name may be another repository's by now, which says nothing of this one.
      if (nodeIdOf(id) !== nodeId) return [{ kind: 'prompt', nodeId }]
      const properties = custom_properties && { properties: custom_properties }
      return [{ kind: 'seen', nodeId, data: { repositoryId: id, repositoryFullName: full_name, ...properties } }]
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 404) throw error
      // As long as the repository itself is recorded, GitHub may only hide it: they go when it goes.
      if (await context.ours.repositoryNodeId(`${owner}/${repo}`, known?.repositoryId ?? 0))
        return [{ kind: 'prompt', nodeId }]
      return [{ kind: 'gone', nodeId, reason: 'GitHub no longer shows the repository' }]
    }
  },

  // GitHub lists them with repositories as well, but on Enterprise Server before 3.18.
  discoveredWith: 'GitHub > Repository Security',
  async *discover({ connection, github, ours }, from) {
    const ask = (page: { per_page: number; page: number }) =>
      github.get('GET /orgs/{org}/properties/values', { org: connection.login, ...page })
    for await (const { items, next, total } of restPages<unknown>(from, ask))
      yield { seen: await Promise.all(items.map((item) => fromApi(values.parse(item), ours))), next, total }
  },
})

/** An event names the repository; what is said of it is looked up. */
function named({ repository }: Payload): Observation<CustomPropertyValuesData>[] {
  const { id, node_id: parentNodeId, full_name: repositoryFullName } = inEvent.parse(repository)
  return [{ kind: 'seen', nodeId: nodeIdOf(id), parentNodeId, data: { repositoryId: id, repositoryFullName } }]
}

const repositoryNamed = z.object({ id: z.number(), full_name: z.string() })
const inEvent = repositoryNamed.extend({ node_id: z.string() })
const value = z
  .union([z.string(), z.array(z.string())])
  .nullish()
  .transform((said) => said ?? null)
const whole = repositoryNamed.extend({ custom_properties: z.record(z.string(), value).optional() })
const inList = whole.extend({ node_id: z.string() })

/** What a list of repositories says of one's properties; null where it says nothing. */
export function valuesListed(said: unknown): Observation<CustomPropertyValuesData> | null {
  const { id, node_id: parentNodeId, full_name, custom_properties: properties } = inList.parse(said)
  if (!properties) return null
  const data = { repositoryId: id, repositoryFullName: full_name, properties }
  return { kind: 'seen', nodeId: nodeIdOf(id), parentNodeId, data }
}

const values = z.object({
  repository_id: z.number(),
  repository_full_name: z.string(),
  properties: z.array(z.object({ property_name: z.string(), value })),
})

async function fromApi(
  { repository_id, repository_full_name, properties }: z.infer<typeof values>,
  ours: ReadContext['ours'],
) {
  const parentNodeId = await ours.repositoryNodeId(repository_full_name, repository_id)
  return {
    kind: 'seen' as const,
    nodeId: nodeIdOf(repository_id),
    ...(parentNodeId && { parentNodeId }),
    data: {
      repositoryId: repository_id,
      repositoryFullName: repository_full_name,
      properties: Object.fromEntries(properties.map(({ property_name, value }) => [property_name, value])),
    },
  }
}
