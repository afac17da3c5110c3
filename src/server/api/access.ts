import { bodyLimit } from 'hono/body-limit'
import { answerProblem } from './problem.ts'
import { routes } from './routes.ts'
import { type SessionApiMeans, sessionApi } from './session.ts'

/** In bytes: nothing here takes more. */
const largestBody = 16 * 1024

/** Sessions, people and grants: part of the API that must stand before whatever needs a visitor. */
export function accessApi(means: SessionApiMeans) {
  const app = routes()
  app.onError(answerProblem(means.log))
  app.use('/session', bodyLimit({ maxSize: largestBody }))
  app.use('/password', bodyLimit({ maxSize: largestBody }))
  return app.route('/', sessionApi(means))
}
