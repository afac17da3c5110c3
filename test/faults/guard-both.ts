import { pino } from 'pino'
import { compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { setPolicy } from '../../src/engine/set-policy.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import { newSetting } from '../support/setting.ts'

/** Connects both organizations under Enforce, before any process runs. */
export async function guardBoth(
  environment: Readonly<Record<string, string>>,
  byToken: Organization,
  token: string,
): Promise<void> {
  const guardpost = await compose(readConfig(environment), pino({ level: 'silent' }))
  const { store } = guardpost.means
  await guardpost.engine.start()
  const { id: organizationId, nodeId: organizationNodeId, login } = byToken
  const wanted = { kind: 'token', organizationId, organizationNodeId, login, installationId: null } as const
  await guardpost.engine.connect(wanted, token)
  await guardpost.engine.idle()
  for (const connection of await store.connections.list()) {
    const root = await store.resources.byTitle(connection.id, 'GitHub > Organization', connection.login)
    if (!root) throw new Error(`${connection.login} was not connected.`)
    const place = { connectionId: connection.id, resourceId: root.id }
    const path = 'GitHub > Organization > Event Handlers'
    await setPolicy(guardpost.means, newSetting(place, path, 'Enforce: Enabled'))
  }
  await guardpost.close()
}
