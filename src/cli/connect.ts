import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { checkInstallation } from '../engine/check-installation.ts'
import { checkToken } from '../engine/check-token.ts'
import { WrongConnection } from '../engine/connect.ts'
import { type Checked, type Finding, isRefused } from '../engine/connection-finding.ts'
import { organizationAt, WrongAddress } from '../engine/organization-address.ts'
import { open, UsedWrongly } from './opened.ts'
import { jsonOption } from './options.ts'
import { complain, printJson, say } from './output.ts'
import { spinning } from './spinner.ts'

const help = `
What is connected is tried first. What cannot work at all is not kept; what works in part is, and you are told what is
missing, who mends it, and where. Connecting again with another token replaces the one before.

Without --token-stdin it is the App's installation on the organization. The App connects by itself when it is installed;
this is for an organization that was removed here while the App stayed installed there.

The token goes into the database, encrypted, and is told to nobody but GitHub.

Examples:
  guardpost connect https://github.com/acme
  guardpost connect https://github.com/acme --token-stdin < token.txt
  guardpost connect https://github.com/acme --token-stdin --check < token.txt`

interface Options {
  readonly tokenStdin?: boolean
  readonly check?: boolean
  readonly json?: boolean
}

/** `guardpost connect`: an organization by a token, or by the App that is installed on it. */
export function connect(): Command {
  return new Command('connect')
    .description('Connects an organization, by a personal access token or by the App that is installed on it.')
    .argument('<url>', 'the organization, e.g. https://github.com/acme')
    .option('--token-stdin', 'by the token on standard input, so that no history keeps it')
    .option('--check', 'only try, and keep nothing')
    .addOption(jsonOption())
    .addHelpText('after', help)
    .action(run)
}

async function run(url: string, { tokenStdin, check, json }: Options): Promise<void> {
  const guardpost = await open(readConfig(process.env))
  try {
    const { means, engine, config } = guardpost
    const login = organizationIn(url, config.apiUrl)
    const token = tokenStdin ? await readToken() : null
    if (token === null && !config.app)
      throw new UsedWrongly(
        'There is no GitHub App: `guardpost start` makes one, or connect by a token (--token-stdin).',
      )
    const checked = await spinning(`Trying ${login}…`, () =>
      token === null ? checkInstallation(means, login) : checkToken(means, login, token),
    )
    const isKept = !check && !isRefused(checked)
    const kept = isKept && checked.wanted ? await engine.connect(checked.wanted, token).catch(wrongly) : null
    const outcome = { isKept, replaced: kept?.replaced ?? false }
    if (json) printJson(asData(login, checked, outcome))
    else tellPerson(login, checked, outcome)
    if (isRefused(checked)) process.exitCode = 1
  } finally {
    await guardpost.close()
  }
}

/** Only an organization on the configured GitHub: credentials go nowhere else. */
function organizationIn(url: string, apiUrl: string): string {
  try {
    return organizationAt(url, apiUrl)
  } catch (error) {
    throw error instanceof WrongAddress ? new UsedWrongly(error.message) : error
  }
}

async function readToken(): Promise<string> {
  if (process.stdin.isTTY) console.error('Paste the token, then Enter and Ctrl-D.')
  const token = (await text(process.stdin)).trim()
  if (/^[\w-]+$/.test(token)) return token
  throw new UsedWrongly(`Standard input holds ${token ? 'more than a' : 'no'} token: \`… --token-stdin < FILE\`.`)
}

function wrongly(error: unknown): never {
  throw error instanceof WrongConnection ? new UsedWrongly(error.message) : error
}

const signs: Readonly<Record<Finding['level'], string>> = { ok: 'OK', warning: 'Warning', refused: 'Refused' }

interface Outcome {
  readonly isKept: boolean
  readonly replaced: boolean
}

const asData = (login: string, checked: Checked, { isKept, replaced }: Outcome) => ({
  organization: checked.wanted?.login ?? login,
  connected: isKept,
  replaced,
  refused: isRefused(checked),
  findings: checked.findings,
})

function tellPerson(login: string, checked: Checked, { isKept, replaced }: Outcome): void {
  const { wanted, findings } = checked
  const organization = wanted?.login ?? login
  const isWrong = isRefused(checked)
  const tell = isWrong ? complain : say
  for (const { about, found, level, remedy } of findings) {
    tell(`${signs[level]}: ${about}: ${found}`)
    if (remedy) tell(`  What to do (${remedy.who}): ${remedy.action} ${remedy.url ?? ''}`.trimEnd())
  }
  if (isWrong) tell(`${organization} is not connected.`)
  else if (!isKept) tell(`${organization} can be connected. Nothing was kept.`)
  else if (replaced) tell(`${organization} was connected before: what it is reached by is replaced.`)
  else tell(`Connected ${organization}. \`guardpost start\` discovers it.`)
}
