import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Context, Hono } from 'hono'

/** Where `npm run build` puts the console. */
const builtAt = fileURLToPath(new URL('../../dist/console', import.meta.url))

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** What can be a page of the console; anything else is somebody trying. */
const address = /^\/(?:[\w-]+(?:\/[\w-]+)*)?$/

/** The name of an asset changes with what is in it. */
const forGood = 'public, max-age=31536000, immutable'

const notBuilt = 'The console is not built here. Build it with `npm run build`; the command line works without it.\n'

export const isConsoleBuilt = (folder: string = builtAt): boolean => existsSync(join(folder, 'index.html'))

/**
 * The built console. An address that is no file is a page of the console, which finds its way by it; a file that is not
 * there stays missing.
 */
export function consoleFiles(folder: string = builtAt): Hono {
  const app = new Hono()
  const asset = assetsIn(folder)
  app.get('/assets/:name', async (context) => {
    const found = await asset(context.req.param('name'))
    if (found === null) return context.text('There is nothing here.\n', 404)
    const isSmall = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '')
    return context.body(isSmall ? found.small : found.whole, 200, {
      'content-type': found.type,
      'cache-control': forGood,
      vary: 'accept-encoding',
      ...(isSmall && { 'content-encoding': 'gzip' }),
    })
  })
  app.get('/api/*', (context) => context.notFound())
  app.get('*', (context) => (address.test(context.req.path) ? page(context, folder) : context.notFound()))
  return app
}

async function page(context: Context, folder: string): Promise<Response> {
  const html = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null)
  if (html === null) return context.text(notBuilt, 503)
  return context.html(html, 200, { 'cache-control': 'no-cache' })
}

interface Asset {
  readonly type: string
  readonly whole: Uint8Array<ArrayBuffer>
  readonly small: Uint8Array<ArrayBuffer>
}

/** Assets by name, read and compressed once. Null: there is none of that name. */
function assetsIn(folder: string): (name: string) => Promise<Asset | null> {
  const known = new Map<string, Promise<Asset>>()
  return async (name) => {
    const type = types[extname(name)]
    if (type === undefined || name.includes('/') || name.includes(sep)) return null
    const asset = known.get(name) ?? readAsset(join(folder, 'assets', name), type)
    known.set(name, asset)
    return asset.catch(() => {
      known.delete(name)
      return null
    })
  }
}

async function readAsset(file: string, type: string): Promise<Asset> {
  const whole = new Uint8Array(await readFile(file))
  return { type, whole, small: new Uint8Array(await promisify(gzip)(whole)) }
}
