import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  /** On both streams. */
  readonly said: string
}

/** What npm needs of this machine: proxies, certificates, its own settings. */
const ofThisMachine = { ...process.env, npm_config_prefer_offline: 'true' }

/** Runs a program to its end in a folder. */
export async function run(
  folder: string,
  [program = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = ofThisMachine,
): Promise<Ran> {
  const child = spawn(program, args, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [status] = await ended
  return { status, stdout, said: stdout + stderr }
}

/** The same, where anything but success ends the check. Resolves to its standard output. */
export async function succeed(...given: Parameters<typeof run>): Promise<string> {
  const { status, stdout, said } = await run(...given)
  if (status !== 0) throw new Error(`\`${given[1].join(' ')}\` in ${given[0]} ended with ${status}:\n${said}`)
  return stdout
}
