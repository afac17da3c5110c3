import { z } from 'zod'
import type { GraphAnswer } from '../model/github.ts'
import type { Observation, Payload, ReadContext } from '../model/resource-type.ts'
import { defineResource, number, quiet, text, time } from '../model/resource-type.ts'
import { beneath, type GraphErrors, hiddenIn, isNotFound } from './graph-errors.ts'
import { graphPages } from './graph-pages.ts'

/** Named as GitHub's GraphQL API names them. */
export interface TeamData {
  databaseId: number
  slug: string
  name: string
  description: string | null
  url: string
  privacy: 'secret' | 'visible'
  notificationSetting: string
  parentTeam: string | null
  membersTotalCount: number
  repositoriesTotalCount: number
  createdAt: string
  updatedAt: string
}

export const team = defineResource<TeamData>({
  type: 'GitHub > Team',
  view: 'github_team',
  parent: 'GitHub > Organization',
  needs: { members: 'read' },
  optional: true,
  rhythm: 86_400_000,
  fields: {
    databaseId: number.from('team', 'The numeric id.'),
    slug: text.from('team', 'Its name in addresses.'),
    name: text.from('team', 'Its display name.'),
    description: text.from('team', 'What it says of itself.'),
    url: text.from('team', 'Its page.'),
    privacy: text.from('team', '`visible` to every member, or `secret`.'),
    notificationSetting: text.from('team', 'Whether members are told when the team is mentioned.'),
    parentTeam: text.from('team', 'The slug of the team that it is a part of.'),
    membersTotalCount: number.from('membership', 'How many members it has, those of its parts included.'),
    repositoriesTotalCount: number.from('team', 'How many repositories it reaches.'),
    createdAt: time.from('team', 'When it was made.'),
    updatedAt: quiet(time.from('team', 'When its settings were last changed.')),
  },
  title: ({ slug }) => (slug ? `team ${slug}` : 'a team'),

  // An event names the team and not all of it, and several may come in any order: each only prompts a look.
  fromEvent: { team: prompted, membership: prompted },

  batch: 100,
  async read({ connection, github }, nodeIds) {
    const answer = await github.query<{ nodes: (GraphTeam | null)[] }>(
      'TeamsById',
      `query TeamsById($ids: [ID!]!) { nodes(ids: $ids) { ... on Team { organization { id } ${core} } } }`,
      { ids: nodeIds },
    )
    return nodeIds.map((nodeId, index) => {
      const node = answer.data.nodes[index]
      const errors = beneath(['nodes', index], answer.errors)
      if (node?.organization?.id === connection.organizationNodeId) return fromGraph(node, errors)
      return !node && isNotFound(errors)
        ? { kind: 'gone', nodeId, reason: 'GitHub no longer shows the team' }
        : { kind: 'prompt', nodeId }
    })
  },

  discover: (context, from) => graphPages(from, (cursor, size) => askPage(context, cursor, size)),
})

const core = `id databaseId slug name description url privacy notificationSetting createdAt updatedAt parentTeam { slug }
  members(first: 1) { totalCount } repositories(first: 1) { totalCount }`

async function askPage({ connection, github }: ReadContext, cursor: string | null, size: number) {
  const { data, errors }: GraphAnswer<{ node: TeamPage | null }> = await github.query(
    'TeamsOfOrganization',
    `query TeamsOfOrganization($organization: ID!, $cursor: String, $size: Int!) {
      node(id: $organization) { ... on Organization { teams(first: $size, after: $cursor) {
        totalCount nodes { ${core} } pageInfo { hasNextPage endCursor } } } } }`,
    { organization: connection.organizationNodeId, cursor, size },
  )
  const { nodes, pageInfo, totalCount } = data.node?.teams ?? nothing
  const seen = nodes.flatMap((node, index) =>
    node ? [fromGraph(node, beneath(['node', 'teams', 'nodes', index], errors))] : [],
  )
  return { seen, next: pageInfo.hasNextPage ? pageInfo.endCursor : null, total: totalCount }
}

type Straight = 'databaseId' | 'slug' | 'name' | 'url' | 'createdAt' | 'updatedAt'

interface GraphTeam extends Pick<TeamData, Straight> {
  id: string
  organization?: { id: string }
  description: string | null
  privacy: 'SECRET' | 'VISIBLE'
  notificationSetting: string
  parentTeam: { slug: string } | null
  members: { totalCount: number } | null
  repositories: { totalCount: number } | null
}

interface TeamPage {
  teams: {
    totalCount: number
    nodes: (GraphTeam | null)[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
}

const nothing: TeamPage['teams'] = { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }

function fromGraph({ id, organization: _, ...said }: GraphTeam, errors: GraphErrors): Observation<TeamData> {
  const { members, repositories, privacy, notificationSetting, parentTeam, description, ...same } = said
  const hidden = hiddenIn(errors)
  const data: Partial<TeamData> = {
    ...same,
    description: description || null,
    privacy: privacy.toLowerCase() as TeamData['privacy'],
    notificationSetting: notificationSetting.toLowerCase(),
    ...(!hidden.has('parentTeam') && { parentTeam: parentTeam?.slug ?? null }),
    ...(members && { membersTotalCount: members.totalCount }),
    ...(repositories && { repositoriesTotalCount: repositories.totalCount }),
  }
  const told = Object.entries(data).filter(([field]) => !hidden.has(field))
  return { kind: 'seen', nodeId: id, data: Object.fromEntries(told) }
}

const named = z.object({ node_id: z.string() })

/** A membership event of a team that was deleted names no more than its id: its own event tells of that. */
function prompted({ team: said }: Payload): Observation<TeamData>[] {
  const found = named.safeParse(said)
  return found.success ? [{ kind: 'prompt', nodeId: found.data.node_id }] : []
}
