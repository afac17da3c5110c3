import type { Connection } from '../model/connection.ts'
import type { Permissions } from '../model/permission.ts'
import type { Caller } from './caller.ts'
import type { AppOwner } from './permission-pages.ts'
import { isObject } from './refusal-facts.ts'
import type { Standing } from './refusals/row.ts'

/** What GitHub says of the App and of one installation just now; null when it does not say. */
export async function askStanding(asApp: Caller, connection: Connection | null): Promise<Standing | null> {
  const app = await read(asApp, '/app', {})
  if (!app || typeof app.slug !== 'string') return null
  const id = connection?.installationId ?? null
  const installation =
    id === null ? null : await read(asApp, '/app/installations/{installation_id}', { installation_id: id })
  return {
    slug: app.slug,
    owner: ownerIn(app.owner),
    requested: permissionsIn(app.permissions),
    granted: installation && permissionsIn(installation.permissions),
  }
}

/** Why one of these two is refused is no matter: the diagnosis then says less. */
async function read(asApp: Caller, path: string, parameters: Readonly<Record<string, unknown>>) {
  try {
    const { data } = await asApp({ method: 'GET', path, parameters, name: `GET ${path}` })
    return isObject(data) ? data : null
  } catch {
    return null
  }
}

/** An enterprise has a slug instead of a login. */
function ownerIn(owner: unknown): AppOwner {
  const { login, slug, type } = isObject(owner) ? owner : {}
  if (typeof login !== 'string') return { login: String(slug), kind: 'Enterprise' }
  return { login, kind: type === 'Organization' ? 'Organization' : 'User' }
}

function permissionsIn(permissions: unknown): Permissions {
  const entries = Object.entries(isObject(permissions) ? permissions : {})
  return Object.fromEntries(
    entries.flatMap(([key, level]) =>
      level === 'read' || level === 'write' || level === 'admin' ? [[key, level]] : [],
    ),
  )
}
