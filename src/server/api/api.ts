import { bodyLimit } from 'hono/body-limit'
import { controlTypes } from './control-types.ts'
import { controls } from './controls.ts'
import { answerProblem, notFound, Problem } from './problem.ts'
import { resources } from './resources.ts'
import { type ApiMeans, routes } from './routes.ts'

/** In bytes. */
const largestBody = 256 * 1024

/** Everything below /api/v1. */
export function api(apiMeans: ApiMeans) {
  const app = routes()
  app.onError(answerProblem(apiMeans.means.log))
  app.notFound((context) => answerProblem(apiMeans.means.log)(notFound('such address'), context))
  app.use(async (context, next) => {
    await next()
    context.header('cache-control', 'no-store')
  })
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Guardpost', version: apiMeans.version },
    servers: [{ url: '/api/v1' }],
  })
  app.use(bodyLimit({ maxSize: largestBody, onError: tooLarge }))
  app.use(async (context, next) => {
    const visitor = await apiMeans.visitorOf(context)
    if (!visitor) throw new Problem(401, 'Sign in first.')
    context.set('visitor', visitor)
    await next()
  })
  return app.route('/', controlTypes(apiMeans)).route('/', controls(apiMeans)).route('/', resources(apiMeans))
}

const tooLarge = (): never => {
  throw new Problem(413, 'No more than 256 KiB are taken in one request.')
}

/** What a typed client (`hono/client`) is made of. */
export type Api = ReturnType<typeof api>
