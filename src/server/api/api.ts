import { bodyLimit } from 'hono/body-limit'
import { activities } from './activities.ts'
import { connections } from './connections.ts'
import { connectionsExamination } from './connections-examination.ts'
import { connectionsNew } from './connections-new.ts'
import { connectionsRemoval } from './connections-removal.ts'
import { controlTypes } from './control-types.ts'
import { controls } from './controls.ts'
import { deliveries } from './deliveries.ts'
import { enforcement } from './enforcement.ts'
import { enforcementReleases } from './enforcement-releases.ts'
import { enforcementStops } from './enforcement-stops.ts'
import { events } from './events.ts'
import { exceptions } from './exceptions.ts'
import { expressionChecks } from './expression-checks.ts'
import { folders } from './folders.ts'
import { health } from './health.ts'
import { mutes } from './mutes.ts'
import { past } from './past.ts'
import { policyAttachments } from './policy-attachments.ts'
import { tellPolicyFileSchema } from './policy-file-schema.ts'
import { policyPacks } from './policy-packs.ts'
import { policyPlans } from './policy-plans.ts'
import { policySettings } from './policy-settings.ts'
import { policyTypes } from './policy-types.ts'
import { policyValues } from './policy-values.ts'
import { answerProblem, notFound, Problem } from './problem.ts'
import { resourceTypes } from './resource-types.ts'
import { resources } from './resources.ts'
import { type ApiMeans, routes } from './routes.ts'
import { runs } from './runs.ts'
import { versions } from './versions.ts'

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
  app.get('/policy-file.schema.json', tellPolicyFileSchema)
  app.use(bodyLimit({ maxSize: largestBody, onError: tooLarge }))
  const open = app.route('/', apiMeans.access)
  open.use(async (context, next) => {
    const visitor = await apiMeans.visitorOf(context)
    if (!visitor) throw new Problem(401, 'Sign in first.')
    context.set('visitor', visitor)
    await next()
  })
  return open
    .route('/', activities(apiMeans))
    .route('/', connections(apiMeans))
    .route('/', connectionsExamination(apiMeans))
    .route('/', connectionsNew(apiMeans))
    .route('/', connectionsRemoval(apiMeans))
    .route('/', controlTypes(apiMeans))
    .route('/', controls(apiMeans))
    .route('/', deliveries(apiMeans))
    .route('/', enforcement(apiMeans))
    .route('/', enforcementReleases(apiMeans))
    .route('/', enforcementStops(apiMeans))
    .route('/', events(apiMeans))
    .route('/', exceptions(apiMeans))
    .route('/', expressionChecks(apiMeans))
    .route('/', folders(apiMeans))
    .route('/', health(apiMeans))
    .route('/', mutes(apiMeans))
    .route('/', past(apiMeans))
    .route('/', policyAttachments(apiMeans))
    .route('/', policyPacks(apiMeans))
    .route('/', policyPlans(apiMeans))
    .route('/', policySettings(apiMeans))
    .route('/', policyTypes(apiMeans))
    .route('/', policyValues(apiMeans))
    .route('/', resourceTypes(apiMeans))
    .route('/', resources(apiMeans))
    .route('/', runs(apiMeans))
    .route('/', versions(apiMeans))
}

const tooLarge = (): never => {
  throw new Problem(413, 'No more than 256 KiB are taken in one request.')
}

/** What a typed client (`hono/client`) is made of. */
export type Api = ReturnType<typeof api>
