import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { createAppAuth } from '@octokit/auth-app'
import type { Clock } from '../model/clock.ts'
import type { Connection } from '../model/connection.ts'
import type { GitHubCall } from '../model/control.ts'
import { type GitHub, type GitHubClients, live, type Purpose, Refusal } from '../model/github.ts'
import { type Caller, type CallerSurroundings, caller, type Turns } from './caller.ts'
import { client } from './client.ts'
import { appSignature, type Credential, type CredentialSource, personalToken } from './credentials.ts'
import { diagnose } from './diagnosis.ts'
import { type InstallationTokens, installationTokens } from './installation-tokens.ts'
import { keptAnswers } from './kept-answers.ts'
import { gates } from './limits/gates.ts'
import { defaultLimits, type Limits } from './limits/limits.ts'
import { htmlUrlOf } from './permission-pages.ts'
import { readOnly } from './read-only.ts'
import { isObject, keyUnusable, type RefusalFacts, unansweredFacts, unsentFacts } from './refusal-facts.ts'
import { saysPermission } from './refusals/permissions.ts'
import type { Standing } from './refusals/row.ts'
import { askStanding } from './standing.ts'
import { type TransportOptions, transport } from './transport.ts'

export interface GitHubClientsOptions extends TransportOptions {
  /** Null where there are only tokens. */
  readonly app: { readonly id: number | string; readonly privateKey: string } | null
  /** The token of a connection; null when it is gone. */
  readonly token: (connectionId: number) => Promise<string | null>
  readonly clock: Clock
  /** Resolves after so many milliseconds; the machine's timer when left out. */
  readonly sleep?: (milliseconds: number) => Promise<void>
  /** What differs from the usual limits of each credential. */
  readonly limits?: Partial<Limits>
  /** How many bytes of answers are kept to ask for changes only; 32 MB when left out. */
  readonly keptBytes?: number
}

const usuallyKept = 32 * 1024 * 1024
const mintPath = '/app/installations/{installation_id}/access_tokens'

/** GitHub as Guardpost's connections and its App reach it. */
export function githubClients(options: GitHubClientsOptions): GitHubClients {
  const { clock, log, app, token } = options
  const surroundings = { transport: transport(options), htmlUrl: htmlUrlOf(options.apiUrl), log, clock }
  const signature = app && appSignature(signer(app, surroundings), clock)
  const tokens = installationTokens(clock)
  const authors = new Map<number, Promise<string>>()
  const { turnsOf, budgets } = turnTaking(options)

  const asAppFor = (connection: Connection | null, purpose: Purpose, calls: GitHubCall[]) =>
    signature && callerAsApp(surroundings, signature, turnsOf('app', 'app'), { connection, purpose, calls })

  const forApp = (purpose: Purpose) => {
    const calls: GitHubCall[] = []
    const asApp = asAppFor(null, purpose, calls)
    return asApp && client(asApp, calls)
  }

  const byToken = (secret: string, connection: Connection, purpose: Purpose): GitHub => {
    const calls: GitHubCall[] = []
    const source = personalToken(secret, clock())
    const turns = turnsOf(`token ${digest(secret)}`, connection.id)
    return client(
      caller(surroundings, { connection, purpose, source, turns, calls, standing: async () => null }),
      calls,
    )
  }

  const forConnection = async (connection: Connection, purpose: Purpose): Promise<GitHub | null> => {
    const calls: GitHubCall[] = []
    if (connection.kind === 'token') {
      const secret = await token(connection.id)
      return secret === null ? null : byToken(secret, connection, purpose)
    }
    const asApp = asAppFor(connection, purpose, calls)
    if (!asApp || connection.installationId === null) return null
    const source = installationSource(tokens, connection.installationId, asApp)
    const turns = turnsOf(`installation ${connection.installationId}`, connection.id)
    const standing = whenNeeded(asApp, connection)
    return client(caller(surroundings, { connection, purpose, source, turns, calls, standing }), calls)
  }

  return {
    forApp,
    forConnection,
    async readerFor(connection, purpose) {
      const github = await forConnection(connection, purpose)
      return github && readOnly(github)
    },
    forToken: (secret, login, purpose) => byToken(secret, { ...unknown, login }, purpose),
    budgets,
    renew({ id, installationId }) {
      authors.delete(id)
      if (installationId !== null) tokens.drop(installationId)
    },
    author(connection) {
      const known = authors.get(connection.id)
      if (known) return known
      const asked = askAuthor(connection, forApp, forConnection)
      authors.set(connection.id, asked)
      asked.catch(() => authors.delete(connection.id))
      return asked
    },
  }
}

/** Each credential's own turns: nothing of one reaches another. */
function turnTaking({ clock, log, sleep = setTimeout, limits, keptBytes }: GitHubClientsOptions) {
  const kept = keptAnswers(keptBytes ?? usuallyKept)
  const open = gates({ limits: { ...defaultLimits, ...limits }, clock, sleep }, log)
  return {
    turnsOf: (credential: string, owner: number | 'app'): Turns => ({
      gate: open.of(credential, owner),
      kept: kept.of(credential),
    }),
    budgets: open.budgets,
  }
}

/** An organization of which nothing is known but its name. */
const unknown: Connection = {
  id: 0,
  kind: 'token',
  organizationId: 0,
  organizationNodeId: '',
  login: '',
  installationId: null,
  status: 'active',
  createdAt: 0,
}

/** Names a token without giving it away. */
const digest = (secret: string) => createHash('sha256').update(secret).digest('base64url')

/** Signs as the App, or says that the key is of no use (what the library says of it is not repeated). */
function signer(app: NonNullable<GitHubClientsOptions['app']>, { htmlUrl, clock }: CallerSurroundings) {
  const auth = createAppAuth({ appId: app.id, privateKey: app.privateKey })
  return async (): Promise<string> => {
    try {
      return (await auth({ type: 'app' })).token
    } catch {
      const context = {
        connection: null,
        credential: 'app',
        call: 'a call as the App',
        htmlUrl,
        standing: null,
      } as const
      const { diagnosis } = diagnose(unsentFacts(keyUnusable, ''), { ...context, now: clock() })
      throw new Refusal(diagnosis, null)
    }
  }
}

/** As the App, on behalf of a connection or (null) of none. */
function callerAsApp(
  surroundings: CallerSurroundings,
  source: CredentialSource,
  turns: Turns,
  forWhat: { connection: Connection | null; purpose: Purpose; calls: GitHubCall[] },
): Caller {
  const unaided = caller(surroundings, { ...forWhat, source, turns, standing: async () => null })
  // An installation that is gone is installed again from the App's page, whose address needs the App's slug.
  const standing = async (facts: RefusalFacts, _credential: Credential, call: string) =>
    facts.status === 404 && call === `POST ${mintPath}` ? askStanding(unaided, null) : null
  return caller(surroundings, { ...forWhat, source, turns, standing })
}

function installationSource(tokens: InstallationTokens, installationId: number, asApp: Caller): CredentialSource {
  const mint = async (): Promise<string> => {
    const { data } = await asApp({
      method: 'POST',
      path: mintPath,
      parameters: { installation_id: installationId },
      name: `POST ${mintPath}`,
      refusal: ({ data }) => (tokenIn(data) === '' ? unansweredFacts('the answer has no token', []) : null),
    })
    return tokenIn(data)
  }
  const current = () => tokens.current(installationId, mint)
  return {
    current,
    async renewed(refused) {
      await tokens.drop(installationId, refused)
      return current()
    },
  }
}

const tokenIn = (data: unknown) => (isObject(data) && typeof data.token === 'string' ? data.token : '')

/** Asks for the standing at most once, and only where a permission is what the refusal is about. */
function whenNeeded(asApp: Caller, connection: Connection) {
  let asked: Promise<Standing | null> | null = null
  return async (facts: RefusalFacts): Promise<Standing | null> => {
    const hidden = facts.status === 404 && facts.headers['x-accepted-github-permissions'] !== undefined
    if (!hidden && !saysPermission(facts)) return null
    asked ??= askStanding(asApp, connection)
    return asked
  }
}

async function askAuthor(
  connection: Connection,
  forApp: GitHubClients['forApp'],
  forConnection: GitHubClients['forConnection'],
): Promise<string> {
  if (connection.kind === 'app') {
    const data = (await forApp(live('author'))?.get('GET /app', {}))?.data
    if (data?.slug) return `${data.slug}[bot]`
  } else {
    const data = (await (await forConnection(connection, live('author')))?.get('GET /user', {}))?.data
    if (data) return data.login
  }
  throw new Refusal({ code: 'bad-credentials', reason: `There is no credential for ${connection.login}.` }, null)
}
