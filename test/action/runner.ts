import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { parse } from 'yaml'

interface Run {
  readonly status: number | null
  /** Both streams. */
  readonly said: string
  /** What a later step reads as `steps.guard.outputs`. */
  readonly outputs: Readonly<Record<string, string>>
  /** The page of the run, Markdown. */
  readonly summary: string
}

export interface Workflow {
  /** The folder that `uses:` brings. */
  readonly action: string
  /** Of `https://github.com`, or a server of one's own. */
  readonly serverUrl: string
  /** `owner/name`. */
  readonly repository: string
  /** `github.token`. */
  readonly token: string
  /** The runner's temporary folder; what lies in it stays for another run. */
  readonly temporary: string
  readonly with: Readonly<Record<string, string>>
}

/**
 * Runs the step of `action.yml` that does the work, as a runner does: in bash, with its environment, its files and
 * commands. https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export async function runAction(workflow: Workflow): Promise<Run> {
  const action = parse(readFileSync(join(workflow.action, 'action.yml'), 'utf8'))
  const step = action.runs.steps.find(({ id }: { id?: string }) => id === 'guard')
  const fill = filling(action.inputs, workflow)
  const files = filesIn(mkdtempSync(join(workflow.temporary, 'files-')))
  const given = Object.entries<string>(step.env).map(([name, value]) => [name, fill(value)])
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', fill(step.run)], {
    env: { ...variables(workflow, files), ...Object.fromEntries(given) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const said = (await Promise.all([text(child.stdout), text(child.stderr)])).join('')
  const [status] = await ended
  return { status, said, outputs: outputsIn(files.output), summary: readFileSync(files.summary, 'utf8') }
}

/** Expressions of the few forms that the step has; any other is a fault. */
function filling(inputs: Readonly<Record<string, { default?: string }>>, workflow: Workflow) {
  const known: Readonly<Record<string, string>> = {
    'github.action_path': workflow.action,
    'github.token': workflow.token,
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [`inputs.${name}`, workflow.with[name] ?? input.default ?? '']),
    ),
  }
  return (template: string): string =>
    template.replaceAll(/\$\{\{ (\S+) \}\}/g, (_, expression: string) => {
      const value = known[expression]
      if (value === undefined) throw new Error(`A runner knows no ${expression} here.`)
      return value
    })
}

interface Files {
  readonly output: string
  readonly summary: string
  readonly event: string
}

function filesIn(folder: string): Files {
  const files = { output: join(folder, 'output'), summary: join(folder, 'summary'), event: join(folder, 'event.json') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  writeFileSync(files.event, JSON.stringify({ schedule: '0 6 * * *', workflow: '.github/workflows/guardpost.yml' }))
  return files
}

const variables = ({ serverUrl, repository, temporary }: Workflow, files: Files): NodeJS.ProcessEnv => ({
  // The step before has put Node 24 there.
  PATH: `${join(process.cwd(), 'node_modules/.bin')}:${process.env.PATH}`,
  HOME: temporary,
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'schedule',
  GITHUB_EVENT_PATH: files.event,
  GITHUB_OUTPUT: files.output,
  GITHUB_REPOSITORY: repository,
  GITHUB_REPOSITORY_OWNER: repository.split('/')[0],
  GITHUB_RUN_ID: '1658821493',
  GITHUB_SERVER_URL: serverUrl,
  GITHUB_STEP_SUMMARY: files.summary,
  RUNNER_TEMP: temporary,
})

/** `name<<DELIMITER`, the value's lines, `DELIMITER`. */
function outputsIn(file: string): Record<string, string> {
  if (!existsSync(file)) return {}
  const found = readFileSync(file, 'utf8').matchAll(/^(\w[\w-]*)<<(\S+)\n([\s\S]*?)\n\2$/gm)
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]))
}
