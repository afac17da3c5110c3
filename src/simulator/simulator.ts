import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { type App, type AppDraft, createApp } from './app.ts'
import { createDeliveries, type HeldDelivery } from './deliveries.ts'
import type { Delivery } from './delivery-log.ts'
import { enterpriseVersion } from './enterprise-version.ts'
import { createFaultSource, type FaultSource, type Faults, faultsOf } from './faults/faults.ts'
import { createHistory, type History } from './history.ts'
import type { Hook } from './hook.ts'
import { createHandler } from './http/handler.ts'
import { isWrite, type SeenRequest } from './http/seen-request.ts'
import { type Installation, type InstallationDraft, install } from './installation.ts'
import { createKeyRing } from './keys.ts'
import { createLimits, type Limits } from './limits/limits.ts'
import { limitsOf } from './limits/options.ts'
import { serveOauth } from './oauth/serve.ts'
import { createOrganization, type Organization, type OrganizationDraft } from './organization.ts'
import { createPauses, type Pauses } from './pauses.ts'
import { seeded } from './random.ts'
import { serveRegistration } from './registration/serve.ts'
import type { SimulatorOptions } from './simulator-options.ts'
import { type ClassicToken, createUserToken, type FineGrainedToken, type Token, type UserTokenDraft } from './token.ts'
import { type User, userNamed } from './user.ts'
import { serveInstalling } from './web/installing.ts'
import { createWorld, type Flavour, type Urls } from './world.ts'

export type { SimulatorOptions } from './simulator-options.ts'

/** A GitHub of one's own, served on a free port of 127.0.0.1. */
export interface Simulator {
  /** Without a slash at its end, as `baseUrl` of an Octokit. */
  readonly apiUrl: string
  readonly htmlUrl: string
  readonly graphqlUrl: string
  readonly requests: SeenRequest[]
  /** What asked GitHub to change something; making an installation token does not count. */
  readonly writes: readonly SeenRequest[]
  readonly judged: Error[]
  readonly held: readonly HeldDelivery[]
  /** Requests that a limit refused, oldest first. */
  readonly limits: Pick<Limits, 'hits'>
  readonly faults: Faults
  readonly history: History
  createOrganization(draft: OrganizationDraft): Organization
  createUser(login: string): User
  createApp(draft: AppDraft): App
  install(app: App, organization: Organization, draft?: InstallationDraft): Installation
  createToken(draft: UserTokenDraft): ClassicToken | FineGrainedToken
  revokeToken(token: Pick<Token, 'value'>): void
  /** The token's owner grants it a single sign-on to the organization. */
  signOn(token: ClassicToken, organization: Organization): void
  /** Sets GitHub's clock ahead of the one that was passed in by so many milliseconds, or behind it. */
  skewClock(milliseconds: number): void
  /** The hook's delivery log, oldest first. */
  deliveriesOf(hook: Hook): readonly Delivery[]
  addDns(host: string, target: string): void
  /** Resolves when every delivery that is due was attempted. */
  idle(): Promise<void>
  /** From now on deliveries wait in `held` for a test to send them. */
  holdDeliveries(): void
  /** Sends what is held and not sent yet, and holds no more. */
  releaseDeliveries(): void
  close(): Promise<void>
}

function urlsOf(flavour: Flavour, origin: string): Urls {
  return flavour === 'ghes'
    ? {
        html: origin,
        api: `${origin}/api/v3`,
        graphql: `${origin}/api/graphql`,
        docs: `https://docs.github.com/enterprise-server@${enterpriseVersion.replace(/\.\d+$/, '')}`,
      }
    : { html: origin, api: origin, graphql: `${origin}/graphql`, docs: 'https://docs.github.com' }
}

function createDelivering(options: SimulatorOptions, now: () => number, faults: FaultSource, pauses: Pauses) {
  const onGhes = options.flavour === 'ghes'
  let lastId = 0
  return createDeliveries({
    now,
    newId: () => ++lastId,
    resolve: options.resolve ?? {},
    timeout: onGhes ? 30_000 : 10_000,
    headers: onGhes
      ? { 'X-GitHub-Enterprise-Version': enterpriseVersion, 'X-GitHub-Enterprise-Host': '127.0.0.1' }
      : {},
    keepPayloads: options.keepPayloads ?? Number.POSITIVE_INFINITY,
    faults,
    pauses,
  })
}

/** The clock that was passed in, and GitHub's own, which may differ from it. */
function clocksOf({ clock = () => Date.now() }: SimulatorOptions) {
  let skew = 0
  return {
    clock,
    now: () => clock() + skew,
    skewClock: (milliseconds: number) => {
      skew = milliseconds
    },
  }
}

/** Starts a simulated GitHub; `close()` ends it. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { flavour, onRequest } = options
  const { clock, now, skewClock } = clocksOf(options)
  const hono = new Hono<{ Bindings: HttpBindings }>()
  const server = createServer(getRequestListener(hono.fetch, { overrideGlobalObjects: false }))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const faults = createFaultSource(options.random ?? seeded(1))
  const pauses = createPauses()
  const deliveries = createDelivering(options, now, faults, pauses)
  const history = createHistory(clock)
  const keys = createKeyRing()
  const urls = urlsOf(flavour, `http://127.0.0.1:${port}`)
  const world = createWorld({ flavour, urls, now, deliveries, history, keys })
  const requests: SeenRequest[] = []
  const judged: Error[] = []
  const limitOptions = limitsOf(flavour, options.limits ?? {})
  const limits = createLimits(limitOptions, now)
  const handle = createHandler({ world, limits, limitOptions, faults, pauses, requests, judged, onRequest })
  // Browsers ask for it wherever they are.
  hono.get('/favicon.ico', (context) => context.notFound())
  serveOauth(hono, world)
  serveRegistration(hono, world)
  serveInstalling(hono, world)
  hono.all('*', ({ req, env }) => handle(req.raw, env.outgoing))

  return {
    apiUrl: world.urls.api,
    htmlUrl: world.urls.html,
    graphqlUrl: world.urls.graphql,
    requests,
    judged,
    held: deliveries.held,
    limits,
    faults: faultsOf(faults),
    history,
    get writes() {
      return requests.filter(isWrite)
    },
    createOrganization: (draft) => createOrganization(world, draft),
    createUser: (login) => userNamed(world, login),
    createApp: (draft) => createApp(world, draft),
    install: (app, organization, draft) => install(world, app, organization, draft ?? {}),
    createToken: (draft) => createUserToken(world, draft),
    revokeToken: ({ value }) => {
      world.tokens.delete(value)
    },
    signOn: ({ signedOnTo }, { id }) => {
      signedOnTo.add(id)
    },
    skewClock,
    deliveriesOf: (hook) => hook.log,
    addDns: deliveries.addDns,
    idle: deliveries.idle,
    holdDeliveries: deliveries.hold,
    releaseDeliveries: deliveries.release,
    close: async () => {
      pauses.end()
      await deliveries.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      keys.giveBack()
    },
  }
}
