import { pino } from 'pino'
import { compose, type Guardpost } from '../src/compose.ts'
import { readConfig } from '../src/config.ts'

/** A Guardpost in this process, on a database of its own, that reaches no GitHub. */
export const guardpostAlone = (databaseFile: string): Promise<Guardpost> =>
  compose(
    readConfig({
      WEBHOOK_SECRET: '',
      GHE_HOST: '127.0.0.1:1',
      GHE_PROTOCOL: 'http',
      GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
      DATABASE_URL: `file:${databaseFile}`,
    }),
    pino({ level: 'silent' }),
  )
