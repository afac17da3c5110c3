import { createAppAuth } from '@octokit/auth-app'
import type { Clock } from '../model/clock.ts'
import type { Connection } from '../model/connection.ts'
import type { GitHubCall } from '../model/control.ts'
import { type GitHub, type GitHubClients, Refusal } from '../model/github.ts'
import { type Caller, type CallerSurroundings, caller } from './caller.ts'
import { client } from './client.ts'
import { appSignature, type Credential, type CredentialSource, personalToken } from './credentials.ts'
import { diagnose } from './diagnosis.ts'
import { type InstallationTokens, installationTokens } from './installation-tokens.ts'
import { htmlUrlOf } from './permission-pages.ts'
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
}

const mintPath = '/app/installations/{installation_id}/access_tokens'

/** GitHub as Guardpost's connections and its App reach it. */
export function githubClients(options: GitHubClientsOptions): GitHubClients {
  const { clock, log, app, token } = options
  const surroundings = { transport: transport(options), htmlUrl: htmlUrlOf(options.apiUrl), log, clock }
  const signature = app && appSignature(signer(app, surroundings), clock)
  const tokens = installationTokens(clock)
  const authors = new Map<number, Promise<string>>()

  const forApp = (purpose: string) => {
    if (!signature) return null
    const calls: GitHubCall[] = []
    return client(callerAsApp(surroundings, signature, null, purpose, calls), calls)
  }

  const forConnection = async (connection: Connection, purpose: string): Promise<GitHub | null> => {
    const calls: GitHubCall[] = []
    if (connection.kind === 'token') {
      const secret = await token(connection.id)
      if (secret === null) return null
      const source = personalToken(secret, clock())
      return client(caller(surroundings, { connection, purpose, source, calls, standing: async () => null }), calls)
    }
    if (!signature || connection.installationId === null) return null
    const asApp = callerAsApp(surroundings, signature, connection, purpose, calls)
    const source = installationSource(tokens, connection.installationId, asApp)
    const standing = whenNeeded(asApp, connection)
    return client(caller(surroundings, { connection, purpose, source, calls, standing }), calls)
  }

  return {
    forApp,
    forConnection,
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
  connection: Connection | null,
  purpose: string,
  calls: GitHubCall[],
): Caller {
  const unaided = caller(surroundings, { connection, purpose, source, calls, standing: async () => null })
  // An installation that is gone is installed again from the App's page, whose address needs the App's slug.
  const standing = async (facts: RefusalFacts, _credential: Credential, call: string) =>
    facts.status === 404 && call === `POST ${mintPath}` ? askStanding(unaided, null) : null
  return caller(surroundings, { connection, purpose, source, calls, standing })
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
    const data = (await forApp('author')?.get('GET /app', {}))?.data
    if (data?.slug) return `${data.slug}[bot]`
  } else {
    const data = (await (await forConnection(connection, 'author'))?.get('GET /user', {}))?.data
    if (data) return data.login
  }
  throw new Refusal({ code: 'bad-credentials', reason: `There is no credential for ${connection.login}.` }, null)
}
