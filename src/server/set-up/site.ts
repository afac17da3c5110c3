import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { contentPolicy, securityHeaders } from '../sign-in/security-headers.ts'
import type { Door } from './door.ts'
import { codePage } from './install-page.ts'
import { setUpPages } from './pages.ts'
import { style } from './style.ts'
import type { SetUpWork } from './work.ts'

/** What may be asked for before somebody was let in. */
const open = new Set(['/set-up/style.css', '/set-up/follow.js', '/set-up/code', '/healthz', '/readyz'])

const largestForm = 16 * 1024

/** All that is served while Guardpost is being set up. `script`: what runs in the browser. */
export function setUpSite(door: Door, work: SetUpWork, script: string): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use(ownHeaders(work))
  app.use(securityHeaders('http:'))
  app.use(fromHereOnly)
  app.use(bodyLimit({ maxSize: largestForm }))
  app.get('/set-up/style.css', (context) => context.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/set-up/follow.js', (context) => context.body(script, 200, { 'content-type': 'text/javascript' }))
  app.get('/healthz', (context) => context.text('ok\n'))
  app.get('/readyz', (context) => context.json({ ready: false, reason: 'Guardpost is being set up.' }, 503))
  app.post('/api/*', (context) => context.text('Guardpost is being set up; redeliver it later.\n', 503))
  app.post('/set-up/code', async (context) => letIn(context, door, String((await context.req.parseBody()).code ?? '')))
  app.use(async (context, next) => {
    const { code } = context.req.query()
    if (door.isOpen(context) || open.has(context.req.path)) return next()
    if (context.req.path === '/set-up' && code !== undefined) return letIn(context, door, code)
    if (context.req.path === '/set-up/progress') return context.json({ reason: 'The code comes first.' }, 401)
    return context.html(codePage(null), 401)
  })
  app.route('/', setUpPages(work))
  return app
}

function letIn(context: Context, door: Door, code: string): Response | Promise<Response> {
  if (door.isOpen(context) || door.open(context, code)) return context.redirect('/set-up', 303)
  return context.html(codePage(notTheCode), 401)
}

const notTheCode =
  'That is not the code, or it was used in another browser, or there were too many tries. Stop Guardpost and start it again ' +
  'for another one.'

/** Forms go to the GitHub that was chosen; a form of ours says where it comes from, which `no-referrer` would forbid. */
const ownHeaders =
  ({ formTarget }: SetUpWork): MiddlewareHandler =>
  async (context, next) => {
    await next()
    const target = formTarget()
    context.header('content-security-policy', target === null ? contentPolicy() : contentPolicy(target))
    context.header('referrer-policy', 'same-origin')
    context.header('cache-control', 'no-store')
  }

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/

/** A name that leads here is not enough: whoever can make one must not have people's browsers ask in his place. */
const fromHereOnly: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host') ?? ''
  if (!loopback.test(host))
    return context.text('Guardpost is being set up, on the machine that it runs on. Come back in a moment.\n', 421)
  const origin = context.req.header('origin')
  const isAsking = context.req.method === 'GET' || context.req.method === 'HEAD'
  if (!isAsking && !context.req.path.startsWith('/api/') && origin !== `http://${host}`)
    return context.text('That came from another site.\n', 403)
  return next()
}
