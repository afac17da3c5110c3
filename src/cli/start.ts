import { Command } from 'commander'
import { compose } from '../compose.ts'
import { readConfig, WrongConfiguration } from '../config.ts'
import { startServer } from '../server/server.ts'
import { appHookPath } from '../server/webhooks.ts'

const help = `
The environment says everything; \`.env.example\` lists it. At least:
  APP_ID, PRIVATE_KEY_PATH, WEBHOOK_SECRET   the GitHub App
  GUARDPOST_URL                              where GitHub reaches this server`

/** `guardpost start`: listens and works until it is told to stop. */
export function start(): Command {
  return new Command('start')
    .description('Runs Guardpost on the environment.')
    .addHelpText('after', help)
    .action(async () => {
      const config = readConfig(process.env)
      const guardpost = await compose(config)
      const { log, engine, means, secretKey } = guardpost
      if (!config.app && (await means.store.connections.list()).length === 0) {
        await guardpost.close()
        throw new WrongConfiguration(
          'There is nothing to guard: set APP_ID, PRIVATE_KEY_PATH and WEBHOOK_SECRET of a GitHub App, ' +
            'or connect an organization by a token: `guardpost connect https://github.com/ORG --token-stdin`.',
        )
      }
      const server = await startServer(engine, { host: config.host, port: config.port, log })
      log.info({ database: config.databaseFile, secretKey: secretKey.from, keyMade: secretKey.made }, 'Store opened')
      log.info(
        { port: server.port, url: `${config.url}${appHookPath}` },
        `Listening on http://${config.host}:${server.port}`,
      )
      await engine.start()
      await toldToStop()
      log.info({}, 'Stopping: what runs ends first')
      await server.close()
      await guardpost.close()
    })
}

const toldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
