import { Hono } from 'hono'

/** Everything on HTTP that is not a webhook. */
export function pages(): Hono {
  const app = new Hono()
  app.get('/healthz', (context) => context.text('ok\n'))
  app.get('/', (context) =>
    context.text('Guardpost is running. Its command line shows what it knows: guardpost controls\n'),
  )
  app.get('/controls/:id{[0-9]+}', (context) =>
    context.text(`Ask whoever runs Guardpost: guardpost controls show ${context.req.param('id')}\n`),
  )
  app.notFound((context) => context.text('There is nothing here.\n', 404))
  return app
}
