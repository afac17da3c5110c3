import { z } from 'zod'
import type { Observation } from '../model/resource-type.ts'
import { defineResource, json } from '../model/resource-type.ts'

export interface BlockedUsersData {
  usernames: readonly string[]
}

/** There is one per organization; its node id is made of the organization's. */
export const blockedUsersNodeId = (organizationNodeId: string): string => `blocked-users:${organizationNodeId}`

export const blockedUsers = defineResource<BlockedUsersData>({
  type: 'GitHub > Blocked Users',
  view: 'github_blocked_users',
  parent: 'GitHub > Organization',
  // It is read for one control, which names the permission: who skips that control need not grant it.
  needs: {},
  fields: {
    usernames: json.from('org_block', 'Who is blocked, sorted.'),
  },
  title: () => 'blocked users',

  // Two events may come in any order: both only prompt a look.
  fromEvent: {
    org_block: (_payload, { organizationNodeId }): Observation<BlockedUsersData>[] => [
      { kind: 'prompt', nodeId: blockedUsersNodeId(organizationNodeId) },
    ],
  },

  batch: 1,
  async read({ connection, github }, [nodeId = '']) {
    const usernames: string[] = []
    for await (const page of github.pages('GET /orgs/{org}/blocks', { org: connection.login }, users.parse))
      usernames.push(...page.map(({ login }) => login))
    return [{ kind: 'seen', nodeId, data: { usernames: usernames.toSorted() } }]
  },
})

const users = z.array(z.object({ login: z.string() }))
