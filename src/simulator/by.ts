import type { Organization } from './organization.ts'
import { type User, userNamed } from './user.ts'
import type { World } from './world.ts'

/** Who did it: a login; by default the organization's owner. */
export interface By {
  readonly sender?: string | undefined
}

export const senderOf = (world: World, organization: Organization, by?: By): User =>
  by?.sender ? userNamed(world, by.sender) : organization.owner
