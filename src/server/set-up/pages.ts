import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { RegistrationFailed } from '../../model/set-up.ts'
import { NoChannel } from '../tunnel/new-channel.ts'
import { beginPage } from './begin-page.ts'
import { createPage } from './create-page.ts'
import { donePage, failedPage, installPage } from './install-page.ts'
import { WrongAnswer } from './wanted-app.ts'
import type { SetUpWork } from './work.ts'

/** The pages for whoever was let in. Each shows what is to be done now; the work itself is elsewhere. */
export function setUpPages(work: SetUpWork): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const begin = (context: Context, answers: Readonly<Record<string, string>>, wrong: string | null) =>
    context.html(beginPage({ ...work.given, answers, wrong }), wrong === null ? 200 : 422)

  app.get('/set-up', (context) => {
    const app = work.app()
    if (work.isDone()) return context.html(donePage(work.next))
    return app ? context.html(installPage(app, work.said(), work.keptIn, work.next)) : begin(context, {}, null)
  })
  app.post('/set-up/app', async (context) => {
    const answers = strings(await context.req.parseBody())
    try {
      return context.html(createPage(await work.register(answers, originOf(context))))
    } catch (error) {
      if (error instanceof WrongAnswer || error instanceof NoChannel) return begin(context, answers, error.message)
      throw error
    }
  })
  app.get('/set-up/created', async (context) => {
    const { code = '', state = '' } = context.req.query()
    try {
      await work.created(code, state)
      return context.redirect('/set-up', 303)
    } catch (error) {
      if (!(error instanceof RegistrationFailed)) throw error
      return context.html(failedPage('The App is not set up', error.message), 422)
    }
  })
  app.post('/set-up/without-app', (context) => {
    work.skip()
    return context.html(donePage(work.next))
  })
  app.get('/set-up/progress', (context) => context.json({ said: work.said() }))
  // GitHub sends whoever installed the App to a page of the console, which is not there yet.
  app.get('*', (context) => context.redirect('/set-up'))
  app.onError((error, context) => {
    work.failed(error)
    return context.html(failedPage('That did not work', 'Guardpost’s log, in the terminal, says why.'), 500)
  })
  return app
}

const strings = (form: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]))

const originOf = (context: Context): string => `http://${context.req.header('host')}`
