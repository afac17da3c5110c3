import { nodeId } from './node-id.ts'
import type { World } from './world.ts'

/** A person, or the bot that acts for an App. */
export interface User {
  readonly kind: 'user'
  readonly id: number
  readonly nodeId: string
  readonly login: string
  readonly type: 'User' | 'Bot'
}

/** The user of that login; made when there is none. */
export function userNamed(world: World, login: string, type: User['type'] = 'User'): User {
  const known = world.users.get(login.toLowerCase())
  if (known) return known
  const id = world.newId()
  const user: User = { kind: 'user', id, nodeId: nodeId(type === 'Bot' ? 'BOT' : 'U', id), login, type }
  world.users.set(login.toLowerCase(), user)
  world.nodes.set(user.nodeId, user)
  return user
}
