import { type GitHub, live } from '../model/github.ts'
import { expiryIn, scopesIn } from '../resources/connection/token-headers.ts'
import { answerOf, type Checked, type Finding, personal } from './connection-finding.ts'
import type { Means } from './means.ts'
import { defaultNeeds } from './needs.ts'
import { judgeExpiry, judgeScopes } from './token-standing.ts'

/** Tries a token before it is kept. Throws a `Refusal` only where GitHub says "later", or does not answer. */
export async function checkToken(
  { clients, reporters, clock }: Pick<Means, 'clients' | 'reporters' | 'clock'>,
  login: string,
  token: string,
): Promise<Checked> {
  const github = clients.forToken(token, login, live('connect'))
  const user = await answerOf('Token', () => github.get('GET /user', {}))
  if ('finding' in user) return { wanted: null, findings: [user.finding] }
  const scopes = scopesIn(user.answer.headers)
  const found = await organizationOf(github, login)
  if ('finding' in found) return { wanted: null, findings: [found.finding] }
  const { id, node_id: organizationNodeId, login: name } = found.answer.data
  const reads = await tried(github, name)
  const needs = defaultNeeds(reporters, 'token')
  return {
    wanted: { kind: 'token', organizationId: id, organizationNodeId, login: name, installationId: null },
    findings: [
      { about: 'Token', found: `${scopes ? 'classic' : 'fine-grained'}, of ${user.answer.data.login}`, level: 'ok' },
      { about: 'Organization', found: `${name} can be read`, level: 'ok' },
      judgeExpiry(expiryIn(user.answer.headers), clock()),
      ...(scopes ? judgeScopes(scopes, needs) : []),
      ...reads,
    ],
  }
}

/** GitHub names a person's account the same way, and answers 404 to whoever asks for it as an organization. */
async function organizationOf(github: GitHub, login: string) {
  const asked = await answerOf('Organization', () => github.get('GET /orgs/{org}', { org: login }))
  if ('answer' in asked) return asked
  const account = await answerOf('Account', () => github.get('GET /users/{username}', { username: login }))
  if (!('answer' in account) || account.answer.data.type !== 'User') return asked
  return { finding: personal(login) }
}

/** The reads that keep the CMDB and Event Handlers right; whether it may write, GitHub tells nobody who does not. */
async function tried(github: GitHub, org: string): Promise<Finding[]> {
  const reads = [
    ['Repositories', () => github.get('GET /orgs/{org}/repos', { org, per_page: 1 })],
    ['Webhooks of the organization', () => github.get('GET /orgs/{org}/hooks', { org, per_page: 1 })],
  ] as const
  const findings: Finding[] = []
  for (const [about, read] of reads) {
    const asked = await answerOf<unknown>(about, read)
    findings.push(
      'finding' in asked ? { ...asked.finding, level: 'warning' } : { about, found: 'can be read', level: 'ok' },
    )
  }
  return findings
}
