import { z } from 'zod'
import type { App } from '../app.ts'
import type { Actor } from '../http/actor.ts'
import { permissionsOf, reachesRepository } from '../http/actor.ts'
import { bodyOf } from '../http/body.ts'
import { type Call, created, noContent, type Operation, ok, onOrganization, operation } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { enforcePolicies } from '../http/policies.ts'
import { notFound, Refusal } from '../http/refusal.ts'
import type { Installation } from '../installation.ts'
import { appObject } from '../payloads/app.ts'
import { installationObject } from '../payloads/installation.ts'
import { holds } from '../permission.ts'
import { timestamp } from '../timestamp.ts'
import { createInstallationToken } from '../token.ts'
import { installationsOn } from '../world.ts'
import { repositoryFor } from './repository-for.ts'

export function appOf(actor: Actor): App {
  if (actor.kind !== 'app') throw new Error('Only an App gets here.')
  return actor.app
}

function installationOf({ world, actor, params }: Call): Installation {
  const installation = world.installations.get(Number(params.installation_id))
  if (!installation || installation.app !== appOf(actor)) throw notFound()
  enforcePolicies(world, actor, installation.organization)
  return installation
}

const levels = z.enum(['read', 'write', 'admin'])
const tokenBody = z.object({
  permissions: z.record(z.string(), levels).optional(),
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
})

const unreachable =
  'There is at least one repository that does not exist or is not accessible to the parent installation.'

/** The ids that the token is narrowed to; nothing when it is not. */
function narrowedTo(installation: Installation, { repositories, repository_ids }: z.infer<typeof tokenBody>) {
  if (!repositories && !repository_ids) return undefined
  const within = installation.repositories()
  const named = (repositories ?? []).map((name) => within.find((each) => each.name === name)?.id)
  const ids = (repository_ids ?? []).map((id) => within.find((each) => each.id === id)?.id)
  const all = [...named, ...ids].map((id) => {
    if (id === undefined) throw new Refusal(422, unreachable)
    return id
  })
  return new Set(all)
}

function createAccessToken(call: Call) {
  const { world, actor } = call
  const installation = installationOf(call)
  if (installation.suspendedAt !== null) throw new Refusal(403, 'This installation has been suspended')
  const body = bodyOf(call, tokenBody)
  if (body.permissions && !holds(installation.permissions, body.permissions)) {
    throw new Refusal(422, 'The permissions requested are not granted to this installation.')
  }
  const repositories = narrowedTo(installation, body)
  const token = createInstallationToken(world, installation, { permissions: body.permissions, repositories })
  const listed = repositories && installation.repositories().filter(({ id }) => repositories.has(id))
  return created({
    token: token.value,
    expires_at: timestamp(token.expiresAt),
    permissions: permissionsOf(token),
    repository_selection: repositories ? 'selected' : installation.repositorySelection,
    ...(listed && { repositories: listed.map((each) => repositoryFor(world, actor, each)) }),
  })
}

/** What was registered from a manifest, with all that is told once only. */
function convertManifest({ world, params }: Call) {
  const app = world.registrations.take(params.code ?? '')
  if (!app) throw notFound()
  const { clientSecret: client_secret, privateKey: pem, hook } = app
  return created({ ...appObject(world.urls, app), client_secret, webhook_secret: hook.config.secret ?? null, pem })
}

const apps = (heading: string) => `apps/apps#${heading}`

export const appOperations: readonly Operation[] = [
  operation('GET /app', apps('get-the-authenticated-app'), ({ world, actor }) => {
    const app = appOf(actor)
    const installations_count = [...world.installations.values()].filter((each) => each.app === app).length
    return ok({ ...appObject(world.urls, app), installations_count })
  }),
  operation('POST /app-manifests/{code}/conversions', apps('create-a-github-app-from-a-manifest'), convertManifest),
  operation('GET /app/installations', apps('list-installations-for-the-authenticated-app'), (call) => {
    const { world, actor } = call
    const all = [...world.installations.values()].filter((each) => each.app === appOf(actor))
    const { page, headers } = paginate(call, all)
    return { status: 200, body: page.map((each) => installationObject(world.urls, each)), headers }
  }),
  operation('GET /app/installations/{installation_id}', apps('get-an-installation-for-the-authenticated-app'), (call) =>
    ok(installationObject(call.world.urls, installationOf(call))),
  ),
  operation(
    'DELETE /app/installations/{installation_id}',
    apps('delete-an-installation-for-the-authenticated-app'),
    (call) => {
      installationOf(call).uninstall({ sender: appOf(call.actor).bot.login })
      return noContent()
    },
  ),
  operation(
    'POST /app/installations/{installation_id}/access_tokens',
    apps('create-an-installation-access-token-for-an-app'),
    createAccessToken,
  ),
  onOrganization(
    'GET /orgs/{org}/installation',
    apps('get-an-organization-installation-for-the-authenticated-app'),
    ({ world, actor }, organization) => {
      const installation = installationsOn(world, organization).find(({ app }) => app === appOf(actor))
      if (!installation) throw notFound()
      return ok(installationObject(world.urls, installation))
    },
  ),
  operation(
    'GET /installation/repositories',
    'apps/installations#list-repositories-accessible-to-the-app-installation',
    (call) => {
      const { world, actor } = call
      if (actor.kind !== 'installation') throw notFound()
      const all = actor.installation.repositories().filter((each) => reachesRepository(actor, each))
      const { page, headers } = paginate(call, all)
      const repositories = page.map((each) => repositoryFor(world, actor, each))
      const repository_selection = actor.installation.repositorySelection
      return { status: 200, body: { total_count: all.length, repository_selection, repositories }, headers }
    },
  ),
]
