import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Starts a server, asks for what is at these paths, and tells it to stop. Throws when anything is not as it should. */
export async function startAndStop(
  folder: string,
  [program = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  paths: readonly string[],
): Promise<void> {
  const child = spawn(program, args, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  try {
    const address = await listening(createInterface(child.stdout))
    for (const path of paths) {
      const { status } = await fetch(`${address}${path}`)
      if (status !== 200) throw new Error(`${path} answers ${status}.`)
    }
  } finally {
    child.kill('SIGTERM')
  }
  const [status] = await gone
  if (status !== 0) throw new Error(`It ended with ${status} when it was told to stop.`)
}

function listening(lines: NodeJS.EventEmitter): Promise<string> {
  const said: string[] = []
  return new Promise((resolve, reject) => {
    lines.on('line', (line: string) => {
      said.push(line)
      const [, address] = /Listening on (http:[^\s"]+)|(http:\S+)\/set-up\?/.exec(line)?.filter(Boolean) ?? []
      if (address) resolve(address)
    })
    lines.on('close', () => reject(new Error(`It does not listen: ${said.join('\n')}`)))
  })
}
