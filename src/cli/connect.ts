import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { pino } from 'pino'
import { compose } from '../compose.ts'
import { type Config, readConfig } from '../config.ts'
import { githubClients } from '../github/clients.ts'
import type { Connection } from '../model/connection.ts'
import { UsedWrongly } from './opened.ts'

/** `guardpost connect`: an organization by a token. Installations of the App connect themselves. */
export function connect(): Command {
  return new Command('connect')
    .description('Connects an organization by a personal access token. An installed App connects by itself.')
    .argument('<url>', 'the organization, e.g. https://github.com/acme')
    .requiredOption('--token-stdin', 'read the token from standard input, so that no history keeps it')
    .addHelpText('after', '\nExample:\n  guardpost connect https://github.com/acme --token-stdin < token.txt')
    .action(async (url: string) => {
      const config = readConfig(process.env)
      const login = organizationIn(url, config)
      const token = (await text(process.stdin)).trim()
      if (!token) throw new UsedWrongly('Standard input holds no token.')
      const organization = await ask(config, login, token)
      const guardpost = await compose(config, pino({ level: 'silent' }))
      try {
        await guardpost.engine.connectToken(organization, token)
        console.log(`Connected ${organization.login}. \`guardpost start\` discovers it.`)
      } finally {
        await guardpost.close()
      }
    })
}

/** Only an organization on the configured GitHub: credentials go nowhere else. */
function organizationIn(url: string, { apiUrl }: Config): string {
  const home = new URL(apiUrl).host === 'api.github.com' ? 'https://github.com' : new URL(apiUrl).origin
  const parsed = URL.canParse(url) ? new URL(url) : null
  const [, login] = /^\/([\w-]+)\/?$/.exec(parsed?.pathname ?? '') ?? []
  if (parsed?.origin === home && login) return login
  throw new UsedWrongly(
    `${url} is no organization on ${home}: write ${home}/ORGANIZATION, or set GHE_HOST for another server.`,
  )
}

/** The token is tried before anything is kept. Throws GitHub's refusal with its remedy. */
async function ask({ apiUrl }: Config, login: string, token: string) {
  const log = pino({ level: 'silent' })
  const clients = githubClients({ apiUrl, app: null, token: async () => token, version: '0', log, clock: Date.now })
  const trial: Connection = {
    id: 0,
    kind: 'token',
    organizationId: 0,
    organizationNodeId: '',
    login,
    installationId: null,
    status: 'active',
    createdAt: 0,
  }
  const github = await clients.forConnection(trial, 'connect')
  const found = await github?.get('GET /orgs/{org}', { org: login })
  if (!found) throw new UsedWrongly('The token was not accepted.')
  const { id, node_id, login: name } = found.data
  return {
    kind: 'token' as const,
    organizationId: Number(id),
    organizationNodeId: node_id,
    login: name,
    installationId: null,
  }
}
