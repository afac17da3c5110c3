import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { type App, type AppDraft, createApp } from './app.ts'
import { createDeliveries, type Delivery, type HeldDelivery } from './deliveries.ts'
import { enterpriseVersion } from './enterprise-version.ts'
import type { Hook } from './hook.ts'
import { createMeter } from './http/budget.ts'
import { createHandler } from './http/handler.ts'
import { createRateLimit } from './http/rate-limit.ts'
import { isWrite, type SeenRequest } from './http/seen-request.ts'
import { type Installation, type InstallationDraft, install } from './installation.ts'
import { createOrganization, type Organization, type OrganizationDraft } from './organization.ts'
import { type ClassicToken, createUserToken, type FineGrainedToken, type Token, type UserTokenDraft } from './token.ts'
import { type User, userNamed } from './user.ts'
import { createWorld, type Flavour, type Urls } from './world.ts'

export interface SimulatorOptions {
  readonly flavour: Flavour
  /**
   * Host name → `http://127.0.0.1:1234`: what the simulated internet's DNS and TLS say. A hook to any other host is
   * delivered nowhere.
   */
  readonly resolve?: Readonly<Record<string, string>> | undefined
  /** Milliseconds since 1970; by default the machine's clock. */
  readonly clock?: (() => number) | undefined
  /** Sees every request before it is answered; when it throws, the answer is 500 and the error stands in `judged`. */
  readonly onRequest?: ((request: SeenRequest) => void | Promise<void>) | undefined
  /** Requests an hour and caller, at github.com 5,000; on a GHES by default not limited. */
  readonly rateLimit?: number | undefined
}

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
  createOrganization(draft: OrganizationDraft): Organization
  createUser(login: string): User
  createApp(draft: AppDraft): App
  install(app: App, organization: Organization, draft?: InstallationDraft): Installation
  createToken(draft: UserTokenDraft): ClassicToken | FineGrainedToken
  revokeToken(token: Pick<Token, 'value'>): void
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

function createDelivering(options: SimulatorOptions, now: () => number) {
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
  })
}

const defaultRateLimit: Readonly<Record<Flavour, number | undefined>> = { 'github.com': 5000, ghes: undefined }

/** Starts a simulated GitHub; `close()` ends it. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { flavour, onRequest } = options
  const now = options.clock ?? Date.now
  const hono = new Hono()
  const server = createServer(getRequestListener(hono.fetch, { overrideGlobalObjects: false }))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const deliveries = createDelivering(options, now)
  const world = createWorld(flavour, urlsOf(flavour, `http://127.0.0.1:${port}`), now, deliveries)
  const requests: SeenRequest[] = []
  const judged: Error[] = []
  const limit = options.rateLimit ?? defaultRateLimit[flavour]
  const meter = limit === undefined ? undefined : createMeter(createRateLimit(now), limit)
  const handle = createHandler({ world, meter, requests, judged, onRequest })
  hono.all('*', ({ req }) => handle(req.raw))

  return {
    apiUrl: world.urls.api,
    htmlUrl: world.urls.html,
    graphqlUrl: world.urls.graphql,
    requests,
    judged,
    held: deliveries.held,
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
    deliveriesOf: (hook) => hook.log,
    addDns: deliveries.addDns,
    idle: deliveries.idle,
    holdDeliveries: deliveries.hold,
    releaseDeliveries: deliveries.release,
    close: async () => {
      await deliveries.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
