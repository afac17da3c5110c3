import type { RouteConfig } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { pino } from 'pino'
import { compose } from '../../../src/compose.ts'
import type { Config } from '../../../src/config.ts'
import type { Holding } from '../../../src/model/access.ts'
import type { Connection } from '../../../src/model/connection.ts'
import type { ControlState } from '../../../src/model/control-state.ts'
import { rootFolderId } from '../../../src/model/folder.ts'
import { asks } from '../../../src/model/policy.ts'
import type { Resource } from '../../../src/model/resource.ts'
import type { Store } from '../../../src/model/store.ts'
import { api } from '../../../src/server/api/api.ts'
import { sourceOf, type VisitorOf } from '../../../src/server/api/visitor.ts'
import { startServer } from '../../../src/server/server.ts'
import { newDelivery, newRun } from '../../store/test-store.ts'
import { newSetting, placeOf } from '../../support/setting.ts'

const config: Config = {
  app: null,
  token: null,
  signIn: null,
  apiUrl: 'http://127.0.0.1:1',
  host: '127.0.0.1',
  port: 0,
  url: 'https://guardpost.example',
  webhookProxyUrl: null,
  databaseFile: ':memory:',
  secretKey: 'ab'.repeat(32),
  secretKeyFile: '/nowhere',
  logLevel: 'silent',
  metricsToken: null,
  maxQueuedJobs: 1_000_000,
  keep: { deliveries: null, runs: null, versions: null, activities: null },
}

/** What only those may read who may see the other organization. */
export const canary = 'canary-5f3a'

/** An organization as it stands in the store, made without GitHub. */
export interface Stored {
  readonly connection: Connection
  readonly organization: Resource
  readonly repositories: readonly Resource[]
}

export interface Town {
  readonly store: Store
  readonly address: string
  readonly acme: Stored
  readonly other: Stored
  /** Every endpoint as it is declared. */
  readonly routes: readonly RouteConfig[]
  /** Asks as somebody who holds these; null: as nobody. */
  ask(holdings: readonly Holding[] | null, path: string, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

export const everywhere = (role: Holding['role'] = 'Owner'): Holding[] => [{ place: 'everywhere', role }]

export const at = ({ connectionId, id }: Resource, role: Holding['role'] = 'Owner'): Holding[] => [
  { place: { connectionId, resourceId: id }, role },
]

/** Two organizations of three repositories each behind a running server, and whoever asks in any role. */
export async function twoOrganizations(): Promise<Town> {
  const guardpost = await compose(config, pino({ level: 'silent' }))
  const { store } = guardpost.means
  const acme = await organization(store, 1, 'acme')
  const other = await organization(store, 2, canary)
  await deliver(store, null, 'app', `guid-of-none-${canary}`, 'parked')
  const visitorOf: VisitorOf = async (context) => {
    const held = context.req.header('x-held')
    return held === undefined
      ? null
      : { personId: 1, login: 'mona', holdings: JSON.parse(held), source: sourceOf(context) }
  }
  const guard: MiddlewareHandler = (_, next) => next()
  const access = { ...guardpost.access, guard, visitorOf }
  const server = await startServer({ ...guardpost, access }, config)
  const stopping = new AbortController().signal
  const ready = async () => null
  const declared = api({
    means: guardpost.means,
    visitorOf,
    access: access.api,
    ready,
    version: '1',
    startedAt: 0,
    stopping,
  })
  // Who asks those is looked up by a session: they have tests of their own.
  const ofAccess = new Set(
    access.api.openAPIRegistry.definitions.flatMap((each) => (each.type === 'route' ? [each.route.path] : [])),
  )
  const address = `http://127.0.0.1:${server.port}`
  return {
    store,
    address,
    acme,
    other,
    routes: declared.openAPIRegistry.definitions.flatMap((each) =>
      each.type === 'route' && !ofAccess.has(each.route.path) ? [each.route] : [],
    ),
    ask: (holdings, path, init = {}) =>
      fetch(`${address}/api/v1${path}`, {
        ...init,
        headers: { ...init.headers, ...(holdings && { 'x-held': JSON.stringify(holdings) }) },
      }),
    async close() {
      await server.close()
      await guardpost.close()
    },
  }
}

/** Every text of the organization holds its login. */
async function organization(store: Store, number: number, login: string): Promise<Stored> {
  const connection = await store.connections.save(
    { kind: 'token', organizationId: number, organizationNodeId: `O_${number}`, login, installationId: null },
    1_000,
  )
  const organization = await resource(store, connection, 'GitHub > Organization', `O_${number}`, null, login, { login })
  const repositories: Resource[] = []
  for (const [index, state] of (['ok', 'alarm', 'error'] as const).entries()) {
    const name = `${login}/repo-${index}`
    const data = { nameWithOwner: name, url: `https://github.com/${name}` }
    const nodeId = `R_${login}_${index}`
    const made = await resource(store, connection, 'GitHub > Repository', nodeId, organization, name, data)
    repositories.push(made)
    await control(store, made, 'GitHub > Repository > CMDB', state)
  }
  await control(store, organization, 'GitHub > Organization > CMDB', 'tbd')
  const hookId = `hook-of-${login}`
  await store.hooks.make({ id: hookId, connectionId: connection.id, secret: login, createdAt: 1_000 })
  await deliver(store, connection, hookId, `guid-of-${login}`, 'processed')
  const place = { connectionId: connection.id, resourceId: organization.id }
  const setting = newSetting(place, 'GitHub > Organization > Reporting > Repository', `reports-of-${login}`, {
    note: `a note of ${login}`,
    setBy: `somebody-of-${login}`,
  })
  await store.policies.set(setting, 5_000)
  const { source, origin, setBy } = setting
  const by = { source, origin, setBy }
  const said = { title: `a pack of ${login}`, description: '', settings: [asks(setting.path, `pack-of-${login}`)] }
  const pack = await store.packs.save({ ...by, ...said, connectionId: connection.id, name: `pack-of-${login}` }, 5_000)
  const attached = { ...placeOf(place), ...by, selector: null, packId: pack.id, shippedPack: null, position: null }
  await store.attachments.add(attached, 5_000)
  const folder = await store.folders.make({ parentId: rootFolderId, title: `folder-of-${login}` }, 5_000)
  await store.policies.set(newSetting({ folderId: folder?.id ?? 0 }, setting.path, `folder-of-${login}`), 5_000)
  return { connection, organization, repositories }
}

/** A delivery that was processed for a connection. */
export async function deliver(
  store: Store,
  connection: Connection | null,
  hookId: string,
  guid: string,
  status: 'processed' | 'parked',
): Promise<void> {
  const body = Buffer.from(JSON.stringify({ guid }))
  await store.deliveries.accept(newDelivery(guid, { hookId, event: 'repository', headers: { 'x-guid': guid }, body }))
  const [kept] = await store.deliveries.list({ limit: 1 })
  if (!kept) throw new Error('The delivery was not kept.')
  if (connection) await store.deliveries.claimEvent(kept.id, connection.id)
  await store.deliveries.finish(kept.id, status, `what went wrong with ${guid}`)
}

export async function resource(
  store: Store,
  { id: connectionId }: Connection,
  type: string,
  nodeId: string,
  parent: Resource | null,
  title: string,
  data: Resource['data'],
): Promise<Resource> {
  return store.resources.write(
    connectionId,
    {
      resource: {
        connectionId,
        type,
        nodeId,
        parentId: parent?.id ?? null,
        title,
        data,
        sightings: {},
        revision: null,
        version: 1,
        lastSeen: { source: 'discovery', at: 2_000 },
        readAt: 2_000,
        refusal: null,
        goneAt: null,
        goneReason: null,
      },
      activity: {
        kind: 'found',
        actor: null,
        summary: `${title} is recorded`,
        changes: [],
        source: 'discovery',
        deliveryId: null,
        at: 2_000,
      },
    },
    2_000,
  )
}

export async function control(
  store: Store,
  { connectionId, id, title }: Resource,
  path: string,
  state: ControlState,
): Promise<void> {
  const { id: controlId } = await store.controls.ensure(connectionId, id, path, 3_000)
  const evidence = [{ about: `about ${title}`, found: title, state }]
  const diagnoses = [{ code: 'refused', reason: title, remedy: { who: title, action: title, url: title } }] as const
  const call = { method: 'GET', path: `/orgs/${title}`, status: 200, requestId: title, at: 3_500, durationMs: 1 }
  const verdict = { state, reason: `${title} is ${state}.`, evidence, diagnoses }
  await store.controls.record(newRun(connectionId, controlId, { verdict, calls: [call], cause: title, endedAt: 4_000 }))
}
