import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { Organization } from '../../src/simulator/organization.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { startGuardpost } from '../cli/guardpost.ts'
import { axe } from '../console/axe.ts'
import { launch } from '../console/chromium.ts'
import { openApiJudge } from '../support/openapi-judge.ts'
import { type Smee, startSmee } from '../support/smee.ts'

/** Somebody who has a folder, a browser and an organization on GitHub, and knows nothing yet. */
export interface Newcomer {
  readonly sim: Simulator
  readonly org: Organization
  readonly smee: Smee
  readonly folder: string
  readonly page: Page
  /** What the environment names: the simulated GitHub, and a free port. */
  readonly env: Readonly<Record<string, string>>
  /** `http://127.0.0.1:PORT`. */
  readonly address: string
  /** One thing that a person does. */
  step(what: string, act: () => Promise<unknown>): Promise<void>
  /** Starts `guardpost …`, and stops it at the end. What it says grows in `said`. */
  start(...args: readonly string[]): { readonly said: () => string; readonly stop: () => Promise<number | null> }
  /** Resolves to what the pattern found in what it said. */
  hears(said: () => string, pattern: RegExp): Promise<string>
  /** The steps that were gone, and the seconds that they took. */
  readonly steps: readonly string[]
  seconds(): number
  /** Errors of scripts, and refusals by the content security policy. */
  readonly faults: string[]
  /** Stops what was started. */
  stopAll(): Promise<void>
  close(): Promise<void>
}

const names = fileURLToPath(new URL('../support/names.ts', import.meta.url))

export async function newcomer(): Promise<Newcomer> {
  const folder = mkdtempSync(join(tmpdir(), 'guardpost-newcomer-'))
  const smee = await startSmee()
  const sim = await startSimulator({
    flavour: 'ghes',
    resolve: { [smee.host]: smee.target },
    onRequest: openApiJudge(),
  })
  const org = sim.createOrganization({ login: 'acme', owner: 'olga' })
  for (const name of ['.github-private', 'web']) org.createRepository({ name, visibility: 'private' })
  const port = await freePort()
  const browser = await launch('guardpost.example', port)
  const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage()
  await page.addInitScript({ content: axe })
  page.setDefaultTimeout(20_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d|ERR_CONNECTION/.test(message.text()))
      faults.push(message.text())
  })
  const env = {
    GHE_HOST: new URL(sim.htmlUrl).host,
    GHE_PROTOCOL: 'http',
    PORT: String(port),
    NODE_OPTIONS: `--no-warnings --import ${names}`,
  }
  const steps: string[] = []
  const begun = performance.now()
  const stops: (() => Promise<unknown>)[] = []
  const stopAll = async () => {
    for (const stop of stops.splice(0)) await stop()
  }
  return {
    sim,
    org,
    smee,
    folder,
    page,
    env,
    address: `http://127.0.0.1:${port}`,
    async step(what, act) {
      steps.push(what)
      await act()
    },
    start(...args) {
      const child = startGuardpost(args, { env, cwd: folder })
      child.stdin.end()
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part))
      const ended = once(child, 'close')
      const stop = async () => {
        child.kill('SIGTERM')
        const [status] = await ended
        return status
      }
      stops.push(stop)
      return { said: () => said, stop }
    },
    async hears(said, pattern) {
      for (let tries = 0; ; tries += 1) {
        if (tries > 1_500) throw new Error(`Nothing like ${pattern} was said, but: ${said()}`)
        const [, found] = pattern.exec(said()) ?? []
        if (found !== undefined) return found
        await new Promise((later) => setTimeout(later, 20))
      }
    },
    steps,
    seconds: () => Math.round((performance.now() - begun) / 100) / 10,
    faults,
    stopAll,
    async close() {
      await browser.close()
      await stopAll()
      await sim.close()
      await smee.close()
      rmSync(folder, { recursive: true })
    },
  }
}

async function freePort(): Promise<number> {
  const trial = createServer().listen(0, '127.0.0.1')
  await once(trial, 'listening')
  const { port } = trial.address() as AddressInfo
  trial.close()
  await once(trial, 'close')
  return port
}
