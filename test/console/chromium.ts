import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Where Chromium is: as GUARDPOST_CHROMIUM says, or on the PATH. Throws where there is none. */
function executable(): string {
  const { GUARDPOST_CHROMIUM: told, PATH = '' } = process.env
  const found =
    told ??
    PATH.split(':')
      .flatMap((folder) => names.map((name) => join(folder, name)))
      .find(existsSync)
  if (found === undefined || !existsSync(found))
    throw new Error(
      'The tests of the console need Chromium: install the package `chromium`, or say where it is by GUARDPOST_CHROMIUM.',
    )
  return found
}

/** Starts Chromium for a server at `port`, reached under the name that Guardpost gives itself. */
export const launch = (host: string, port: number): Promise<Browser> =>
  chromium.launch({
    executablePath: executable(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--unsafely-treat-insecure-origin-as-secure=http://${host}`,
      // Our name is not on the network, and is served without TLS here.
      `--host-resolver-rules=MAP ${host} 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable',
    ],
  })
