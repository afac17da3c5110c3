import type { App } from './app.ts'
import type { By } from './by.ts'
import type { Delivery } from './delivery-log.ts'
import type { Organization } from './organization.ts'

export interface HookConfig {
  readonly url: string
  readonly contentType: 'json' | 'form'
  readonly insecureSsl: '0' | '1'
  readonly secret?: string | undefined
}

/** What an administrator writes in the settings page of a hook. */
export interface HookDraft {
  readonly url: string
  readonly contentType?: 'json' | 'form' | undefined
  readonly insecureSsl?: '0' | '1' | undefined
  readonly secret?: string | undefined
  readonly events?: readonly string[] | undefined
  readonly active?: boolean | undefined
}

/** A webhook: the one of an App, or one of an organization's. Its log has the newest delivery last. */
export interface Hook {
  readonly id: number
  readonly of: { readonly app: App } | { readonly organization: Organization }
  readonly createdAt: number
  readonly log: Delivery[]
  updatedAt: number
  active: boolean
  events: readonly string[]
  config: HookConfig
  /** Changes the hook as an administrator would, behind the back of whoever made it. */
  update(change: Partial<HookDraft>, by?: By): void
  delete(by?: By): void
}

const configOf = (draft: HookDraft): HookConfig => ({
  url: draft.url,
  contentType: draft.contentType ?? 'form',
  insecureSsl: draft.insecureSsl ?? '0',
  secret: draft.secret,
})

interface HookSurroundings {
  readonly id: number
  readonly now: () => number
  /** Called when it is made, and after each change. */
  readonly onChange: (hook: Hook, by?: By) => void
  readonly onDelete: (hook: Hook, by?: By) => void
}

/** A hook with no owner's business in it: what changing and deleting it means beyond its own fields is handed in. */
export function createHook(of: Hook['of'], draft: HookDraft, { id, now, onChange, onDelete }: HookSurroundings): Hook {
  const hook: Hook = {
    id,
    of,
    createdAt: now(),
    updatedAt: now(),
    log: [],
    active: draft.active ?? true,
    events: draft.events ?? ['push'],
    config: configOf(draft),
    update: ({ active, events, ...config }, by) => {
      hook.active = active ?? hook.active
      hook.events = events ?? hook.events
      hook.config = { ...hook.config, ...config } as HookConfig
      hook.updatedAt = now()
      onChange(hook, by)
    },
    delete: (by) => onDelete(hook, by),
  }
  onChange(hook)
  return hook
}

const loopback = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/

/** Why GitHub refuses the address of a hook; nothing when it takes it. */
export function urlProblem(url: string): string | undefined {
  const parsed = URL.parse(url)
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return 'Url is missing a scheme'
  if (!loopback.test(parsed.hostname)) return undefined
  return `Sorry, the URL host ${parsed.hostname} is not supported because it isn't reachable over the public Internet`
}
