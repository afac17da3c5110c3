import { eventHandlers } from '../controls/organization/event-handlers.ts'
import type { Means } from '../engine/means.ts'
import { setPolicy } from '../engine/set-policy.ts'
import { rootFolderId } from '../model/folder.ts'

const { path } = eventHandlers

/** No event reaches a runner: nobody is told that none arrive, unless a policy of the organization asks. */
export async function skipEventHandlers(means: Pick<Means, 'store' | 'clock'>): Promise<void> {
  const set = await means.store.policies.ofFolder(rootFolderId)
  if (set.some((setting) => setting.path === path)) return
  await setPolicy(means, {
    folderId: rootFolderId,
    connectionId: null,
    resourceId: null,
    selector: null,
    path,
    value: 'Skip',
    expression: null,
    precedence: 'recommended',
    note: 'No event reaches a runner of GitHub Actions.',
    startsAt: null,
    expiresAt: null,
    source: 'cli',
    origin: null,
    setBy: 'guardpost',
  })
}
