import type BetterSqlite3 from 'better-sqlite3'
import { defaultNeeds } from '../../src/engine/needs.ts'
import { permissionsOf, satisfies } from '../../src/model/permission.ts'
import { needsOfEvent, type WebhookEvent } from '../../src/model/webhook-event.ts'
import { reporters } from '../../src/reporters/index.ts'
import { type Moment, stateAt } from '../../src/simulator/history.ts'
import type { Hook } from '../../src/simulator/hook.ts'
import type { Permissions } from '../../src/simulator/permission.ts'
import type { Simulator } from '../../src/simulator/simulator.ts'
import { type Asked, appHookUrl, type FaultyWorld, url } from './faulty-world.ts'

type History = Simulator['history']
type StateOf<Key extends keyof History> =
  History[Key] extends ReadonlyMap<unknown, readonly Moment<infer State>[]> ? State : never
export type HookState = StateOf<'hooks'>
export type InstallationState = StateOf<'installations'>

/** One attempt of a delivery, as GitHub's log has it. Times in milliseconds. */
export interface Attempt {
  readonly guid: string
  readonly deliveredAt: number
  readonly status: string
  readonly throttledAt: number | null
}

/** What was really so, and when, by GitHub's own record. */
export interface Truth {
  readonly history: Pick<History, 'repositories' | 'hooks' | 'installations'>
  readonly app: {
    readonly organization: string
    readonly installationId: number
    readonly hookId: number
    readonly hookUrl: string
    /** Those that the policies in force need: the App asks for more than that. */
    readonly permissions: Permissions
    /** Those that these permissions let through. */
    readonly events: readonly string[]
  }
  /** What the addresses of our organization webhooks begin with. */
  readonly hookUrls: string
  /** Ids of the webhooks of each organization, those that are gone as well. */
  readonly hooksOf: ReadonlyMap<string, readonly number[]>
  /** The secrets that Guardpost gave its webhooks. */
  readonly secrets: ReadonlySet<string>
  readonly asked: readonly Asked[]
  /** By the id of the hook, oldest first, from when a connection could hear of it. */
  readonly log: (hookId: number) => readonly Attempt[]
  /** When Guardpost took a delivery, by GUID. */
  readonly received: ReadonlyMap<string, number>
  /** When one came by a webhook, not out of GitHub's log, by GUID. */
  readonly heard: ReadonlyMap<string, number>
  /** When GitHub had it to tell, by GUID. */
  readonly told: ReadonlyMap<string, number>
}

/** From when the facts are that somebody judged by, until what was judged was said. In milliseconds. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** Every state there was at some moment of the window; null: it was not there. */
export function during<State>(moments: readonly Moment<State>[] | undefined, { from, to }: Window): (State | null)[] {
  const later = (moments ?? []).filter(({ at }) => at >= from && at <= to).map(({ state }) => state)
  return [stateAt(moments, from - 1) ?? null, ...later]
}

export function truthOf({ sim, app, byApp, installation, hooks, asked, told, database }: FaultyWorld): Truth {
  const all = [...hooks]
  const organizationHooks = all.flatMap(({ id, of }) =>
    'organization' in of ? [{ id, login: of.organization.login }] : [],
  )
  const groups = Map.groupBy(organizationHooks, ({ login }) => login)
  const received = database.prepare('select guid, received_at as at, source from deliveries').all() as {
    guid: string
    at: number
    source: string
  }[]
  const since = new Map([[app.hook.id, byAppSince(database)], ...hooksSince(database)])
  const needed = permissionsOf(defaultNeeds(reporters, 'app'))
  const heard = received.filter(({ source }) => source !== 'log')
  return {
    history: sim.history,
    app: {
      organization: byApp.login,
      installationId: installation.id,
      hookId: app.hook.id,
      hookUrl: appHookUrl,
      permissions: needed,
      events: app.events.filter((event) =>
        needsOfEvent(event as WebhookEvent).every(({ permission, level }) => satisfies(needed[permission], level)),
      ),
    },
    hookUrls: `${url}/api/github/hooks/`,
    hooksOf: new Map([...groups].map(([login, group]) => [login, group.map(({ id }) => id)])),
    secrets: secretsIn(asked),
    asked,
    log: (hookId) => logOf(all, hookId).filter(({ deliveredAt }) => deliveredAt >= (since.get(hookId) ?? 0)),
    received: new Map(received.map(({ guid, at }) => [guid, at])),
    heard: new Map(heard.map(({ guid, at }) => [guid, at])),
    told,
  }
}

const logOf = (hooks: readonly Hook[], hookId: number): readonly Attempt[] =>
  hooks.find(({ id }) => id === hookId)?.log ?? []

const byAppSince = (database: BetterSqlite3.Database) =>
  database.prepare(`select created_at from connections where kind = 'app'`).pluck().get() as number

const hooksSince = (database: BetterSqlite3.Database) =>
  database.prepare('select github_id, created_at from hooks where github_id is not null').raw().all() as [
    number,
    number,
  ][]

function secretsIn(asked: readonly Asked[]): Set<string> {
  const given = asked
    .filter(
      ({ request }) => request.method !== 'GET' && request.route.startsWith('P') && request.path.includes('/hooks'),
    )
    .flatMap(({ request }) => (request.body as { config?: { secret?: string } } | undefined)?.config?.secret ?? [])
  return new Set(given)
}
