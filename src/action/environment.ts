import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { type Inputs, secretKeyOf } from './inputs.ts'

/** The configuration of a run. No webhook comes to a runner, so the App's secret is anything. */
export function configOf({ credential, serverUrl, stateFolder, isDebug }: Inputs): Config {
  const { host, protocol } = new URL(serverUrl)
  const server = host === 'github.com' ? {} : { GHE_HOST: host, GHE_PROTOCOL: protocol.slice(0, -1) }
  const app = credential.kind === 'app' && {
    APP_ID: credential.id,
    PRIVATE_KEY: credential.privateKey,
    WEBHOOK_SECRET: randomBytes(32).toString('hex'),
  }
  const config = readConfig({
    ...server,
    ...app,
    DATABASE_URL: `file:${join(stateFolder, 'guardpost.sqlite')}`,
    GUARDPOST_SECRET_KEY: secretKeyOf(credential),
    LOG_LEVEL: isDebug ? 'debug' : 'warn',
  })
  return { ...config, token: credential.kind === 'token' ? credential.token : null }
}
