import { z } from 'zod'
import type { ReadContext } from '../model/resource-type.ts'
import { defineResource, number, text } from '../model/resource-type.ts'
import { restPages } from './rest-pages.ts'
import { wholeList } from './whole-list.ts'

export interface OutsideCollaboratorData {
  databaseId: number
  login: string
  url: string
}

/** Somebody who reaches a repository of the organization without being a member, by the node id of the person. */
export const outsideCollaborator = defineResource<OutsideCollaboratorData>({
  type: 'GitHub > Outside Collaborator',
  view: 'github_organization_collaborator',
  parent: 'GitHub > Organization',
  needs: { members: 'read' },
  optional: true,
  // Who leaves the organization may stay with its repositories: no event says so of each.
  rhythm: 86_400_000,
  fields: {
    databaseId: number.from('member', 'The numeric id of the person.'),
    login: text.from('member', 'The name of the person in addresses.'),
    url: text.from('member', 'The page of the person.'),
  },
  title: ({ login }) => (login ? `outside collaborator ${login}` : 'an outside collaborator'),

  fromEvent: {
    member: (_payload, { organizationNodeId }) => [{ kind: 'prompt', nodeId: organizationNodeId }],
  },

  ...wholeList<OutsideCollaboratorData>(pages, 'no longer an outside collaborator'),
})

async function* pages({ connection, github }: ReadContext, from: string | null) {
  const ask = (page: { per_page: number; page: number }) =>
    github.get('GET /orgs/{org}/outside_collaborators', { org: connection.login, ...page })
  for await (const { items, next, total } of restPages<unknown>(from, ask)) {
    const seen = items.map((item) => {
      const { node_id: nodeId, id, login, html_url: url } = person.parse(item)
      return { kind: 'seen' as const, nodeId, data: { databaseId: id, login, url } }
    })
    yield { seen, next, total }
  }
}

const person = z.object({ node_id: z.string(), id: z.number(), login: z.string(), html_url: z.string() })
