import { z } from 'zod'
import { type GitHubReader, type GraphAnswer, Refusal } from '../model/github.ts'
import type { Observation, ReadContext } from '../model/resource-type.ts'
import { defineResource, flag, number, text } from '../model/resource-type.ts'
import { beneath, isNotFound } from './graph-errors.ts'
import { graphPages } from './graph-pages.ts'

export interface MemberData {
  databaseId: number
  login: string
  url: string
  role: 'admin' | 'member'
  hasTwoFactorEnabled: boolean
}

/** A member of the organization, by the node id of the person. */
export const member = defineResource<MemberData>({
  type: 'GitHub > Member',
  view: 'github_organization_member',
  parent: 'GitHub > Organization',
  needs: { members: 'read' },
  optional: true,
  // Becoming an owner, and switching two-factor authentication off, are in no event.
  rhythm: 3_600_000,
  fields: {
    databaseId: number.from('organization', 'The numeric id of the person.'),
    login: text.from('organization', 'The name of the person in addresses.'),
    url: text.from('organization', 'The page of the person.'),
    role: text.readOnly('`admin` (an owner) or `member`.'),
    hasTwoFactorEnabled: flag.readOnly('Uses two-factor authentication. GitHub tells it to owners only.'),
  },
  title: ({ login }) => (login ? `member ${login}` : 'a member'),

  fromEvent: {
    organization: ({ membership }) => {
      const found = ofPerson.safeParse(membership)
      return found.success ? [{ kind: 'prompt', nodeId: found.data.user.node_id }] : []
    },
  },

  // GitHub tells the role of one named person by REST only.
  batch: 20,
  async read({ connection, github }, nodeIds) {
    const answer = await github.query<{ nodes: ({ login?: string } | null)[] }>(
      'LoginsById',
      'query LoginsById($ids: [ID!]!) { nodes(ids: $ids) { ... on User { login } } }',
      { ids: nodeIds },
    )
    return Promise.all(
      nodeIds.map((nodeId, index): Promise<Observation<MemberData>> | Observation<MemberData> => {
        const login = answer.data.nodes[index]?.login
        if (login) return confirmedMembership(github, connection.login, login, nodeId)
        return isNotFound(beneath(['nodes', index], answer.errors))
          ? { kind: 'gone', nodeId, reason: 'GitHub no longer shows the person' }
          : { kind: 'prompt', nodeId }
      }),
    )
  },

  discover: (context, from) => graphPages(from, (cursor, size) => askPage(context, cursor, size)),
})

/** GitHub says by a 404 that somebody is no member, and hides by one what it fails to find for once: it is asked twice. */
async function confirmedMembership(...who: Parameters<typeof readMembership>): Promise<Observation<MemberData>> {
  const said = await readMembership(...who)
  return said.kind === 'gone' ? readMembership(...who) : said
}

async function readMembership(
  github: GitHubReader,
  org: string,
  username: string,
  nodeId: string,
): Promise<Observation<MemberData>> {
  const gone = { kind: 'gone', nodeId, reason: 'no longer a member' } as const
  try {
    const { data } = await github.get('GET /orgs/{org}/memberships/{username}', { org, username })
    const { state, role, user } = membership.parse(data)
    // The login may have gone to somebody else meanwhile.
    if (user.node_id !== nodeId) return { kind: 'prompt', nodeId }
    if (state !== 'active') return gone
    return { kind: 'seen', nodeId, data: { databaseId: user.id, login: user.login, url: user.html_url, role } }
  } catch (error) {
    // Without the permission GitHub answers 403.
    if (error instanceof Refusal && error.status === 404) return gone
    throw error
  }
}

async function askPage({ connection, github }: ReadContext, cursor: string | null, size: number) {
  const { data, errors }: GraphAnswer<{ node: MemberPage | null }> = await github.query(
    'MembersOfOrganization',
    `query MembersOfOrganization($organization: ID!, $cursor: String, $size: Int!) {
      node(id: $organization) { ... on Organization { membersWithRole(first: $size, after: $cursor) {
        totalCount edges { role hasTwoFactorEnabled node { id databaseId login url } }
        pageInfo { hasNextPage endCursor } } } } }`,
    { organization: connection.organizationNodeId, cursor, size },
  )
  const { edges, pageInfo, totalCount } = data.node?.membersWithRole ?? nothing
  const about = (index: number) => beneath(['node', 'membersWithRole', 'edges', index], errors)
  const seen = edges.flatMap((edge, index) => (edge?.node && about(index).length === 0 ? [fromEdge(edge)] : []))
  return { seen, next: pageInfo.hasNextPage ? pageInfo.endCursor : null, total: totalCount }
}

interface MemberEdge {
  role: 'ADMIN' | 'MEMBER' | null
  hasTwoFactorEnabled: boolean | null
  node: { id: string; databaseId: number; login: string; url: string } | null
}

interface MemberPage {
  membersWithRole: {
    totalCount: number
    edges: (MemberEdge | null)[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
}

const nothing: MemberPage['membersWithRole'] = {
  totalCount: 0,
  edges: [],
  pageInfo: { hasNextPage: false, endCursor: null },
}

/** Null is what GitHub does not tell the caller. */
function fromEdge({ role, hasTwoFactorEnabled, node }: MemberEdge): Observation<MemberData> {
  const { id: nodeId = '', ...person } = node ?? {}
  const data: Partial<MemberData> = {
    ...person,
    ...(role && { role: role.toLowerCase() as MemberData['role'] }),
    ...(hasTwoFactorEnabled !== null && { hasTwoFactorEnabled }),
  }
  return { kind: 'seen', nodeId, data }
}

const ofPerson = z.object({ user: z.object({ node_id: z.string() }) })

const membership = z.object({
  state: z.enum(['active', 'pending']),
  role: z.enum(['admin', 'member']).catch('member'),
  user: z.object({ id: z.number(), node_id: z.string(), login: z.string(), html_url: z.string() }),
})
