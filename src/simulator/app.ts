import { type KeyObject, randomBytes } from 'node:crypto'
import { emit } from './emit.ts'
import { createHook, type Hook, type HookDraft, urlProblem } from './hook.ts'
import { nodeId } from './node-id.ts'
import type { Organization } from './organization.ts'
import { ping } from './payloads/hook.ts'
import { common, type Permissions } from './permission.ts'
import { wholeSecond } from './timestamp.ts'
import { type User, userNamed } from './user.ts'
import type { World } from './world.ts'

export interface AppDraft {
  readonly name: string
  readonly owner: Organization | User
  readonly permissions: Permissions
  readonly events?: readonly string[] | undefined
  readonly webhook?: Omit<HookDraft, 'events'> | undefined
  /** Where people may be sent back to who sign in with the App; the first is where, unless another is named. */
  readonly callbackUrls?: readonly string[] | undefined
  readonly externalUrl?: string | undefined
  /** Where the browser goes after an installation. */
  readonly setupUrl?: string | undefined
  /** Whether others than its owner may install it; by default they may not. */
  readonly isPublic?: boolean | undefined
}

/** A GitHub App: what it asks for, and how it proves that it is itself. */
export interface App {
  readonly id: number
  readonly nodeId: string
  readonly slug: string
  readonly clientId: string
  readonly clientSecret: string
  readonly name: string
  readonly owner: Organization | User
  readonly externalUrl: string
  readonly setupUrl: string | undefined
  readonly isPublic: boolean
  readonly createdAt: number
  /** PEM, PKCS #1, as GitHub's download is. */
  privateKey: string
  publicKey: KeyObject
  readonly hook: Hook
  readonly bot: User
  permissions: Permissions
  events: readonly string[]
  callbackUrls: readonly string[]
  updatedAt: number
  /**
   * Changes what the App asks for. What it no longer asks for is gone from every installation at once; what is new
   * waits until an owner accepts it.
   */
  request(permissions: Permissions, events?: readonly string[]): void
  /** A new private key takes the place of the old one, whose JWTs are worth nothing from now on. */
  rotateKey(): void
}

/** The App's name in addresses, and what must be nobody else's. */
export const slugOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-')

export function createApp(world: World, draft: AppDraft): App {
  const problem = draft.webhook && urlProblem(draft.webhook.url)
  if (problem) throw new Error(problem)
  const id = world.newId()
  const slug = slugOf(draft.name)
  const now = wholeSecond(world.now())
  const app: App = {
    id,
    nodeId: nodeId('A', id),
    slug,
    clientId: `Iv23li${nodeId('', id).slice(1)}`,
    clientSecret: randomBytes(20).toString('hex'),
    name: draft.name,
    owner: draft.owner,
    externalUrl: draft.externalUrl ?? `https://${slug}.example`,
    setupUrl: draft.setupUrl,
    isPublic: draft.isPublic ?? false,
    createdAt: now,
    updatedAt: now,
    ...world.keys.take(),
    permissions: { metadata: 'read', ...draft.permissions },
    events: draft.events ?? [],
    callbackUrls: draft.callbackUrls ?? [],
    bot: userNamed(world, `${slug}[bot]`, 'Bot'),
    get hook() {
      return hook
    },
    request: (permissions, events) => {
      app.permissions = { metadata: 'read', ...permissions }
      app.events = events ?? app.events
      app.updatedAt = wholeSecond(world.now())
      for (const installation of world.installations.values()) {
        if (installation.app !== app) continue
        installation.permissions = common(installation.permissions, app.permissions)
        world.history.installation(installation)
      }
    },
    rotateKey: () => void Object.assign(app, world.keys.take()),
  }
  const hook = createAppHook(world, app, draft.webhook)
  world.apps.set(id, app)
  return app
}

/** An App without a webhook has one that is not active. */
function createAppHook(world: World, app: App, draft: AppDraft['webhook']): Hook {
  const onDelete = () => {
    throw new Error('The webhook of an App cannot be deleted.')
  }
  const webhook = draft ?? { url: '', active: false }
  const options = { id: world.newId(), now: world.now, onChange: (hook: Hook) => world.history.hook(hook), onDelete }
  const hook = createHook({ app }, { contentType: 'json', ...webhook, events: app.events }, options)
  const sender = app.owner.kind === 'user' ? app.owner : app.owner.owner
  void emit(world, { event: 'ping', sender, says: ping(world.urls, hook), to: { hook } })
  return hook
}
