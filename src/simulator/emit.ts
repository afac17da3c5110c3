import { randomUUID } from 'node:crypto'
import { alwaysSentToApps, appsOnly } from './event-permissions.ts'
import type { Hook } from './hook.ts'
import type { Installation } from './installation.ts'
import type { Organization } from './organization.ts'
import { organizationObject, userObject } from './payloads/account.ts'
import { repositoryObject } from './payloads/repository.ts'
import type { Repository } from './repository.ts'
import type { User } from './user.ts'
import { installationsOn, type World } from './world.ts'

/** Something that happened and that hooks are told of. */
export interface Occurrence {
  readonly event: string
  readonly action?: string
  readonly organization?: Organization
  readonly repository?: Repository
  readonly sender: User
  /** What the event says beyond `action`, `repository`, `organization`, `sender` and `installation`. */
  readonly says?: Readonly<Record<string, unknown>>
  /** Only these are told, whatever they subscribed to; by default everybody who subscribed. */
  readonly to?: { readonly installation: Installation } | { readonly hook: Hook }
}

interface Recipient {
  readonly hook: Hook
  readonly installation?: Installation
}

/** Whether the installation hears of it: subscribed, permitted, not suspended, and the repository is one of its own. */
function hears(installation: Installation, { event, repository }: Occurrence): boolean {
  if (alwaysSentToApps.has(event)) return true
  if (installation.suspendedAt !== null || !installation.events.includes(event)) return false
  return !repository || installation.covers(repository)
}

const wants = (hook: Hook, event: string): boolean => hook.events.includes('*') || hook.events.includes(event)

function recipients(world: World, occurrence: Occurrence): Recipient[] {
  const { to, organization, event } = occurrence
  if (to && 'hook' in to) return [to]
  const installations = to
    ? [to.installation]
    : organization
      ? installationsOn(world, organization).filter((installation) => hears(installation, occurrence))
      : []
  const hooks = to || appsOnly.has(event) ? [] : (organization?.hooks ?? []).filter((hook) => wants(hook, event))
  return [
    ...hooks.map((hook) => ({ hook })),
    ...installations.map((each) => ({ hook: each.app.hook, installation: each })),
  ]
}

function payload(world: World, occurrence: Occurrence, installation: Installation | undefined): string {
  const { action, says, repository, organization, sender } = occurrence
  return JSON.stringify({
    ...(action && { action }),
    ...(repository && { repository: repositoryObject(world.urls, repository) }),
    ...(organization && { organization: organizationObject(world.urls, organization) }),
    sender: userObject(world.urls, sender),
    ...(installation && { installation: { id: installation.id, node_id: installation.nodeId } }),
    ...says,
  })
}

/**
 * Tells everybody concerned. Payloads are written now, so that they say what was true when it happened; the promise
 * resolves when all attempts are over.
 */
export async function emit(world: World, occurrence: Occurrence): Promise<void> {
  const guid = randomUUID()
  const { event, action = null, repository } = occurrence
  const attempts = recipients(world, occurrence)
    .filter(({ hook }) => hook.active)
    .map(({ hook, installation }) =>
      world.deliveries.send(hook, {
        guid,
        event,
        action,
        installationId: installation?.id ?? null,
        repositoryId: repository?.id ?? null,
        payload: payload(world, occurrence, installation),
      }),
    )
  await Promise.all(attempts)
}
