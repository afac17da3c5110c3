import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import { createCodes } from '../codes.ts'
import { sentIn } from '../web/sent-in.ts'
import type { World } from '../world.ts'
import { asked, authorizePage, decided } from './authorize.ts'
import { exchange } from './exchange.ts'
import { type Permit, permitLife } from './permit.ts'

/**
 * Sign-in with an App, as a person at a browser sees it and as the App does:
 * https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app
 */
export function serveOauth(hono: Hono<{ Bindings: HttpBindings }>, world: World): void {
  const codes = createCodes<Permit>(world.now, { life: permitLife, bytes: 10 })
  hono.get('/login/oauth/authorize', (context) => {
    const what = asked(world, context.req.query())
    if (what === undefined) return context.notFound()
    return typeof what === 'string'
      ? context.redirect(what)
      : context.html(authorizePage(what, [...world.users.values()]))
  })
  hono.post('/login/oauth/authorize', async (context) => {
    const what = asked(world, context.req.query())
    if (what === undefined || typeof what === 'string') return context.notFound()
    const { login = '' } = await sentIn(context)
    return context.redirect(decided(world, codes, what, login), 302)
  })
  hono.post('/login/oauth/access_token', async (context) => {
    const answer = exchange(world, codes, { ...context.req.query(), ...(await sentIn(context)) })
    if (context.req.header('accept')?.includes('json')) return context.json(answer)
    const form = Object.entries(answer).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    return context.body(form.join('&'), 200, { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' })
  })
}
