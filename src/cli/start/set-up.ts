import { type Guardpost, registrarAt } from '../../compose.ts'
import { githubDotCom, isPublic } from '../../config.ts'
import { startSetUp } from '../../server/set-up/set-up-server.ts'
import { say } from '../output.ts'
import { cannotListen } from './cannot-listen.ts'

/** Whether there is nothing to guard by yet: no App, or one made by clicks that was never installed anywhere. */
export async function isToBeSetUp({ means, config }: Guardpost): Promise<boolean> {
  if ((await means.store.connections.list()).length > 0) return false
  const { app } = await means.store.setUp.read()
  return config.app === null || config.app.id === app?.id
}

/** Serves the pages of set-up until all is there. False: it was stopped before. */
export async function setUp({ means, config, secretKey }: Guardpost, stop: AbortSignal): Promise<boolean> {
  const { store, reporters, log } = means
  const server = await startSetUp(
    {
      store,
      reporters,
      log,
      registrarAt: (apiUrl) => registrarAt(apiUrl, log),
      url: config.url,
      isPublic: isPublic(config.url),
      channel: config.webhookProxyUrl,
      github: config.apiUrl === githubDotCom ? null : config.apiUrl,
      keptIn: secretKey.from === 'environment' ? 'under GUARDPOST_SECRET_KEY' : `under the key in ${secretKey.from}`,
    },
    config.port,
  ).catch(cannotListen({ host: '127.0.0.1', port: config.port }))
  tell(server.address)
  const stopped = new Promise<false>((resolve) => stop.addEventListener('abort', () => resolve(false), { once: true }))
  const isDone = await Promise.race([server.done.then(() => true), stopped])
  await server.close()
  return isDone
}

/** As plain text, as what the first administrator is told: the log never has it. */
function tell(address: string): void {
  const { port } = new URL(address)
  say('Guardpost is not set up yet. Open this address in a browser on this machine:\n')
  // Not wrapped: it is there to be copied.
  console.log(`  ${address}\n`)
  say(
    `It holds a one-time code: it works in one browser, once. From another machine: ssh -L ${port}:127.0.0.1:${port} HOST, and ` +
      'then the same address there. To set up by the environment instead: `guardpost start --help`.\n',
  )
}
