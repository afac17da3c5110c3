import type { IncomingMessage } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { consoleFiles } from './console-files.ts'
import type { Metrics } from './metrics.ts'
import type { Readiness } from './readiness.ts'
import type { Access } from './sign-in/access.ts'
import { isSame } from './sign-in/same.ts'

export interface PagesOptions {
  readonly ready: Readiness
  readonly metrics: Pick<Metrics, 'render' | 'contentType'>
  /** Who has it may fetch the figures; null: only this machine may. */
  readonly metricsToken: string | null
  readonly access: Pick<Access, 'headers' | 'guard' | 'web'>
  /** What is below /api/v1. */
  readonly api: Pick<Hono<{ Bindings: HttpBindings }>, 'fetch'>
}

/** Everything on HTTP that is not a webhook. */
export function pages({ ready, metrics, metricsToken, access, api }: PagesOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use(access.headers)
  app.use('/api/v1/*', access.guard)
  app.mount('/api/v1', api.fetch)
  app.route('/', access.web)
  app.get('/healthz', (context) => context.text('ok\n'))
  app.get('/readyz', async (context) => {
    const reason = await ready()
    return context.json({ ready: reason === null, ...(reason !== null && { reason }) }, reason === null ? 200 : 503)
  })
  app.get('/metrics', async (context) => {
    if (!mayFetch(context.env.incoming, metricsToken)) return context.text('Not for you.\n', 401, challenge)
    return context.text(await metrics.render(), 200, { 'content-type': metrics.contentType })
  })
  app.route('/', consoleFiles())
  app.notFound((context) => context.text('There is nothing here.\n', 404))
  return app
}

const challenge = { 'www-authenticate': 'Bearer realm="metrics"' }

/** A proxy on this machine speaks for others: it says so in one of these, unless it was told to hide it. */
const forwarded = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

function mayFetch({ headers, socket }: IncomingMessage, token: string | null): boolean {
  if (token !== null) return isSame(headers.authorization ?? '', `Bearer ${token}`)
  const isHere = /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '')
  return isHere && !forwarded.some((name) => headers[name] !== undefined)
}
