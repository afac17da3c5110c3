import { bodyLimit } from 'hono/body-limit'
import type { AccessApiMeans } from './access-means.ts'
import { grantsApi } from './grants.ts'
import { peopleApi } from './people.ts'
import { answerProblem } from './problem.ts'
import { routes } from './routes.ts'
import { sessionApi } from './session.ts'
import { sessionsApi } from './sessions.ts'

/** In bytes: nothing here takes more. */
const largestBody = 16 * 1024

/** Sessions, people and grants: part of the API that must stand before whatever needs a visitor. */
export function accessApi(means: AccessApiMeans) {
  const app = routes()
  app.onError(answerProblem(means.log))
  app.use(bodyLimit({ maxSize: largestBody }))
  return app
    .route('/', sessionApi(means))
    .route('/', sessionsApi(means))
    .route('/', peopleApi(means))
    .route('/', grantsApi(means))
}
