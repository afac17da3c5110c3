import { generateKeyPairSync } from 'node:crypto'
import { githubClients } from '../../src/github/clients.ts'
import type { Connection } from '../../src/model/connection.ts'
import { type GitHub, type GitHubClients, live, Refusal } from '../../src/model/github.ts'

export const api = 'https://api.github.com'
export const appKey = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
export const classicToken = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz'

const shared = {
  organizationId: 9,
  organizationNodeId: 'O_9',
  login: 'acme',
  status: 'active',
  createdAt: 0,
} as const
export const byApp: Connection = { ...shared, id: 1, kind: 'app', installationId: 77 }
export const byToken: Connection = { ...shared, id: 2, kind: 'token', installationId: null }

export interface Bench {
  readonly clients: GitHubClients
  /** Everything logged, as JSON. */
  readonly lines: string[]
  /** The present moment; a test moves it on. */
  readonly time: { now: number }
}

export function bench(options: Partial<Parameters<typeof githubClients>[0]> = {}): Bench {
  const lines: string[] = []
  const time = { now: Date.UTC(2026, 0, 1) }
  const write = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }))
  const clients = githubClients({
    apiUrl: api,
    version: '1.2.3',
    app: { id: 5, privateKey: appKey.privateKey },
    token: async (id) => (id === byToken.id ? classicToken : null),
    log: { debug: write, info: write, warn: write },
    clock: () => time.now,
    ...options,
  })
  return { clients, lines, time }
}

export async function clientOf({ clients }: Bench, connection: Connection): Promise<GitHub> {
  const github = await clients.forConnection(connection, live('a test'))
  if (!github) throw new Error('no client')
  return github
}

/** The refusal that the call ends in; fails where it does not. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  )
  if (outcome instanceof Refusal) return outcome
  throw new Error(`not refused: ${String(outcome)}`)
}
