import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { pino } from 'pino'
import { version } from '../compose.ts'
import { type Config, readConfig } from '../config.ts'
import { githubClients } from '../github/clients.ts'
import type { Connection, NewConnection } from '../model/connection.ts'
import { live } from '../model/github.ts'
import { open, UsedWrongly } from './opened.ts'
import { jsonOption } from './options.ts'
import { printJson, say } from './output.ts'

const help = `
The token goes into the database, encrypted. What it may do is up to you; Event Handlers says what is missing.

Example:
  guardpost connect https://github.com/acme --token-stdin < token.txt`

/** `guardpost connect`: an organization by a token. Installations of the App connect themselves. */
export function connect(): Command {
  return new Command('connect')
    .description('Connects an organization by a personal access token. An installed App connects by itself.')
    .argument('<url>', 'the organization, e.g. https://github.com/acme')
    .requiredOption('--token-stdin', 'read the token from standard input, so that no history keeps it')
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(run)
}

async function run(url: string, { json }: { json?: boolean }): Promise<void> {
  const config = readConfig(process.env)
  const login = organizationIn(url, config)
  if (process.stdin.isTTY) console.error('Paste the token, then Enter and Ctrl-D.')
  const token = (await text(process.stdin)).trim()
  if (!token) throw new UsedWrongly('Standard input holds no token: `… --token-stdin < FILE`.')
  const organization = await ask(config, login, token)
  const guardpost = await open(config)
  try {
    await guardpost.engine.connectToken(organization, token)
    if (json) printJson({ connected: organization.login })
    else say(`Connected ${organization.login}. \`guardpost start\` discovers it.`)
  } finally {
    await guardpost.close()
  }
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
async function ask({ apiUrl }: Config, login: string, token: string): Promise<NewConnection> {
  const log = pino({ level: 'silent' })
  const app = null
  const clients = githubClients({ apiUrl, app, token: async () => token, version: version(), log, clock: Date.now })
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
  const github = await clients.forConnection(trial, live('connect'))
  if (!github) throw new Error('GitHub was not asked: there is no client for a token.')
  const { data } = await github.get('GET /orgs/{org}', { org: login })
  const { id, node_id: organizationNodeId, login: name } = data
  return { kind: 'token', organizationId: id, organizationNodeId, login: name, installationId: null }
}
