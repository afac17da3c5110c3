import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Starts a server, asks for pages at the address it says, and tells it to stop. Throws when anything is not as it should. */
export async function startAndStop(
  folder: string,
  [program = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  says: RegExp,
  paths: readonly string[],
): Promise<void> {
  const child = spawn(program, args, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  try {
    const address = await listening(createInterface(child.stdout), says)
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

function listening(lines: NodeJS.EventEmitter, says: RegExp): Promise<string> {
  const said: string[] = []
  return new Promise((resolve, reject) => {
    lines.on('line', (line: string) => {
      said.push(line)
      const [, address] = says.exec(line) ?? []
      if (address) resolve(address)
    })
    lines.on('close', () => reject(new Error(`It does not listen: ${said.join('\n')}`)))
  })
}
