import { userObject } from '../payloads/account.ts'
import type { User } from '../user.ts'
import type { Context } from './context.ts'

export function userNode({ world }: Context, user: User) {
  const { avatar_url, html_url } = userObject(world.urls, user)
  const { nodeId, id, login } = user
  return {
    __typename: 'User',
    id: nodeId,
    databaseId: id,
    login,
    name: null,
    url: html_url,
    avatarUrl: avatar_url,
    resourcePath: `/${login}`,
  }
}
