import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export const program = fileURLToPath(new URL('../../src/cli/guardpost.js', import.meta.url))

/** Where Node keeps what it compiled: half of what a start of the program takes. */
export const compileCache = fileURLToPath(new URL('../../node_modules/.cache/guardpost-tests', import.meta.url))

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Options {
  /** Besides PATH and the like: nothing of the environment the tests run in reaches the command. */
  readonly env?: Readonly<Record<string, string>>
  /** Not the checkout, unless told: somebody's `.env` may be there. */
  readonly cwd?: string
  readonly input?: string
  /** What goes before the program, e.g. options of Node. */
  readonly node?: { readonly command: string; readonly args: readonly string[] }
}

export function startGuardpost(args: readonly string[], options: Options = {}): ChildProcessWithoutNullStreams {
  const { command, args: before } = options.node ?? { command: process.execPath, args: [] }
  const { PATH, HOME, TMPDIR } = process.env
  const inherited = Object.fromEntries(
    Object.entries({ PATH, HOME, TMPDIR }).filter(([, value]) => value !== undefined),
  )
  const env = { ...inherited, NODE_COMPILE_CACHE: compileCache, ...options.env }
  return spawn(command, [...before, program, ...args], { env, cwd: options.cwd ?? tmpdir() })
}

/** Runs the command line as a process of its own, to its end. */
export async function guardpost(args: readonly string[], options: Options = {}): Promise<Ran> {
  const child = startGuardpost(args, options)
  child.stdin.end(options.input ?? '')
  const ended = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [status] = await ended
  return { status, stdout, stderr }
}
