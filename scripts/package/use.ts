import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { run, succeed } from './run.ts'
import { startAndStop } from './start-and-stop.ts'

/** Uses an installed package as a newcomer would, on one Node. Resolves to a line that says what was seen. */
export async function use(folder: string, node: string): Promise<string> {
  const program = [node, join(folder, 'node_modules/guardpost/dist/cli/guardpost.js')]
  // Nothing that is set on this machine: no App, no database.
  const bare = { PATH: process.env.PATH, HOME: folder }
  const version = (await succeed(folder, [node, '--version'])).trim()
  const empty = await mkdtemp(join(folder, 'empty-'))
  const { status, said } = await run(empty, [...program, '--version'], bare)
  if (isOld(version)) {
    if (status !== 2 || !said.includes('Guardpost needs Node 22.18 or later'))
      throw new Error(`Node ${version} was not turned away (${status}): ${said}`)
    return `Node ${version}: turned away, with what to do`
  }
  if (status !== 0) throw new Error(`--version ended with ${status}: ${said}`)
  const demo = await succeed(empty, [...program, 'demo', '--once'], bare)
  await startAndStop(empty, [...program, 'start'], { ...bare, PORT: '0' }, setUp)
  await startAndStop(empty, [...program, 'start'], environment(), ['/healthz', '/'])
  const asked = await succeed(
    empty,
    [...program, 'query', 'select count(*) as count from github_repository', '--json'],
    bare,
  )
  return `Node ${version}: version ${said.trim()}, ${demo.match(/✓/g)?.length} steps of the demo, set-up, start, query ${asked.replaceAll(/\s+/g, '')}`
}

/** What is to be had there without the one-time code. */
const setUp = ['/healthz', '/set-up/style.css', '/set-up/follow.js']

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
  return major < 22 || (major === 22 && minor < 18)
}

/** An App that GitHub does not know: enough to listen. Its GitHub is a port where nobody answers. */
const environment = (): Record<string, string> => ({
  APP_ID: '1',
  PRIVATE_KEY: generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString(),
  WEBHOOK_SECRET: 'a secret of this check',
  GHE_HOST: '127.0.0.1:9',
  GHE_PROTOCOL: 'http',
  PORT: '0',
})
