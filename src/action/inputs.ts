import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { getInput } from '@actions/core'
import { z } from 'zod'
import { type ControlState, controlStates } from '../model/control-state.ts'

/** A fault of the workflow, said with what to do about it. */
export class WrongInput extends Error {}

/** How the organization is reached: as the App, which mints its own tokens, or by a personal access token. */
export type Credential =
  | { readonly kind: 'app'; readonly id: string; readonly privateKey: string }
  | { readonly kind: 'token'; readonly token: string }

/** What the workflow says, and the runner. */
export interface Inputs {
  readonly organization: string
  readonly credential: Credential
  /** The token of the workflow's own run: for its own repository and nothing else. */
  readonly workflowToken: string
  /** `owner/name` of the repository that the workflow is in. */
  readonly repository: string
  /** E.g. `https://github.com`. */
  readonly serverUrl: string
  /** Controls in one of these states fail the job. */
  readonly failOn: readonly ControlState[]
  /** What GitHub puts off is waited for so long, in milliseconds. */
  readonly patience: number
  readonly sarifFile: string
  /** The folder that is kept from one run to the next. */
  readonly stateFolder: string
  readonly isDebug: boolean
}

const runner = z.object({
  GITHUB_TOKEN: z.string().min(1),
  GITHUB_REPOSITORY: z.string().regex(/^[^/]+\/[^/]+$/),
  GITHUB_REPOSITORY_OWNER: z.string().min(1),
  GITHUB_SERVER_URL: z.url({ protocol: /^https?$/ }),
  RUNNER_TEMP: z.string().min(1),
  RUNNER_DEBUG: z.string().optional(),
})

/** Reads them from the environment of the runner. Throws `WrongInput`. */
export function readInputs(environment: NodeJS.ProcessEnv): Inputs {
  const read = runner.safeParse(environment)
  if (!read.success)
    throw new WrongInput(
      `This is no runner of GitHub Actions: ${read.error.issues.map(({ path }) => path.join('.')).join(', ')} missing or wrong.`,
    )
  const { data } = read
  const folder = join(data.RUNNER_TEMP, 'guardpost')
  return {
    organization: getInput('organization') || data.GITHUB_REPOSITORY_OWNER,
    credential: credentialIn(),
    workflowToken: data.GITHUB_TOKEN,
    repository: data.GITHUB_REPOSITORY,
    serverUrl: data.GITHUB_SERVER_URL,
    failOn: statesIn(getInput('fail-on')),
    patience: minutesIn(getInput('patience')) * 60_000,
    sarifFile: getInput('sarif') || join(folder, 'guardpost.sarif'),
    stateFolder: join(folder, 'state'),
    isDebug: data.RUNNER_DEBUG === '1',
  }
}

function credentialIn(): Credential {
  const [id, privateKey, token] = [getInput('app-id'), getInput('private-key'), getInput('token')]
  if (id && privateKey && !token) return { kind: 'app', id, privateKey }
  if (token && !id && !privateKey) {
    if (/^gh[su]_/.test(token)) throw new WrongInput(mintedToken)
    return { kind: 'token', token }
  }
  throw new WrongInput(
    token || (id && privateKey)
      ? 'Give either `token`, or `app-id` and `private-key`, not both.'
      : 'A credential is missing: give `app-id` and `private-key` of the GitHub App, or a personal access token as ' +
          '`token`, each from a secret of the repository. The token of the workflow itself sees its own repository only.',
  )
}

const mintedToken =
  '`token` takes a personal access token. This one was minted by an App (or is the workflow’s own): give `app-id` and ' +
  '`private-key` instead, and Guardpost mints its own.'

function statesIn(text: string): ControlState[] {
  const named = text.split(',').flatMap((word) => word.trim().toLowerCase() || [])
  const wrong = named.find((word) => word !== 'never' && !(controlStates as readonly string[]).includes(word))
  if (wrong === undefined && named.length > 0) return named.filter((word): word is ControlState => word !== 'never')
  throw new WrongInput(
    `\`fail-on\` takes states separated by commas (${controlStates.join(', ')}), or never; it is “${wrong ?? text}”.`,
  )
}

function minutesIn(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new WrongInput(`\`patience\` takes a number of minutes; it is “${text}”.`)
}

/**
 * What Guardpost seals in the state that is kept is sealed under a key that only the credential gives, so the state holds
 * no secret that opens by itself.
 */
export function secretKeyOf(credential: Credential): string {
  const secret = credential.kind === 'app' ? credential.privateKey : credential.token
  return createHmac('sha256', secret).update('the state of the Guardpost action').digest('hex')
}
