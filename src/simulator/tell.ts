import { type By, senderOf } from './by.ts'
import { emit, type Occurrence } from './emit.ts'
import type { Repository } from './repository.ts'
import { wholeSecond } from './timestamp.ts'
import type { World } from './world.ts'

/** Tells the repository's organization, with the second of the change as `updated_at`. */
export function tell(world: World, repository: Repository, by: By | undefined, what: Omit<Occurrence, 'sender'>): void {
  repository.updatedAt = wholeSecond(world.now())
  world.history.repository(repository)
  const { organization } = repository
  void emit(world, { organization, repository, sender: senderOf(world, organization, by), ...what })
}
