import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { compileCache } from '../cli/guardpost.ts'

/** `guardpost start` as a process of its own. */
export interface ServerProcess {
  readonly pid: number
  /** `http://127.0.0.1:PORT` */
  readonly address: string
  /** Ends it as a loss of power would: nothing it holds is written any more. Resolves when it is gone. */
  kill(): Promise<void>
  /** Lets it finish what it does. Resolves when it is gone. */
  end(): Promise<void>
}

const program = fileURLToPath(new URL('../../src/cli/guardpost.js', import.meta.url))

/** Resolves when it listens; rejects with what it said when it ends before. */
export async function startProcess(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--no-warnings', program, 'start'], {
    env: { ...environment, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const gone = once(child, 'exit').finally(() => process.off('exit', kill))
  const ended = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await gone
  }
  const address = await listening(child)
  return {
    pid: child.pid ?? 0,
    address,
    kill: () => ended('SIGKILL'),
    end: () => ended('SIGTERM'),
  }
}

function listening({ stdout, stderr }: ChildProcess): Promise<string> {
  if (!stdout || !stderr) throw new Error('The process has no output.')
  return new Promise((resolve, reject) => {
    let said = ''
    stderr.on('data', (text) => {
      said += text
    })
    const lines = createInterface(stdout)
    lines.on('line', (line) => {
      said += `${line}\n`
      const [, address] = /Listening on (http:[^\s"]+)/.exec(line) ?? []
      if (address) resolve(address)
      if (address) said = ''
    })
    lines.on('close', () => reject(new Error(`Guardpost did not start: ${said}`)))
  })
}
