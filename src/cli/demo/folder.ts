import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface TemporaryFolder {
  readonly path: string
  /** Resolves when it is gone. */
  remove(): Promise<void>
}

/**
 * A new folder that only its owner can enter, and that goes with this process, whatever ends it. Its guard makes it, so
 * that there is no moment in which it has none. Rejects where it cannot be made.
 */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = join(tmpdir(), `guardpost-demo-${randomBytes(6).toString('hex')}`)
  // Detached: Ctrl-C and a kill of the process group pass it by.
  const guard = fork(fileURLToPath(new URL('./folder-guard.js', import.meta.url)), [path], {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ended = once(guard, 'exit')
  const made = await Promise.race([once(guard, 'message'), ended.then(() => null)])
  if (!made) throw new Error(`The temporary folder ${path} cannot be made. Set TMPDIR to a folder that can be written.`)
  return {
    path,
    async remove() {
      if (guard.connected) guard.disconnect()
      await ended
    },
  }
}
