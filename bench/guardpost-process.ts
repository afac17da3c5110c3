import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A Guardpost in a process of its own, as `npm start` runs it. */
export interface GuardpostProcess {
  readonly pid: number
  /** `http://127.0.0.1:PORT`. */
  readonly address: string
  /** Its log so far, line by line. */
  readonly log: readonly Readonly<Record<string, unknown>>[]
  /** Sends a signal; resolves to the exit status, or the signal that ended it. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
}

const main = fileURLToPath(new URL('../src/cli/guardpost.js', import.meta.url))

/** Starts it on a free port; resolves when it listens, rejects with what it said when it ends before. */
export async function startGuardpost(
  env: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<GuardpostProcess> {
  const child = spawn(process.execPath, ['--max-semi-space-size=16', ...nodeOptions, main, 'start'], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const log: Record<string, unknown>[] = []
  const address = await listening(child, log, ended)
  return {
    pid: child.pid ?? 0,
    address,
    log,
    async end(signal = 'SIGTERM') {
      child.kill(signal)
      const [status, by] = await ended
      return status ?? by
    },
  }
}

function listening(child: ChildProcess, log: Record<string, unknown>[], ended: Promise<unknown>): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaint = ''
    child.stderr?.on('data', (chunk) => {
      complaint += chunk
    })
    const lines = child.stdout && createInterface(child.stdout)
    lines?.on('line', (line) => {
      // The log is JSON; what is said to people besides is not.
      if (!line.startsWith('{')) return
      const said = JSON.parse(line) as Record<string, unknown>
      log.push(said)
      const [, address] = /^Listening on (\S+)$/.exec(String(said.msg)) ?? []
      if (address) resolve(address)
    })
    ended.then(() => reject(new Error(`Guardpost ended before it listened.\n${complaint}`)), reject)
  })
}
