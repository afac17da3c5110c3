import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepConnection } from '../../src/engine/connect.ts'
import { type EnforcementOverview, enforcementOverview } from '../../src/engine/enforcement/overview.ts'
import { setPolicy } from '../../src/engine/set-policy.ts'
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts'
import { virtualTime } from '../../test/github/limits/virtual-time.ts'
import { newSetting } from '../../test/support/setting.ts'
import { type VirtualGuardpost, virtualGuardpost } from './virtual-guardpost.ts'

const minute = 60_000

/** A github.com with its limits, an organization whose repositories are all to be changed, and a Guardpost, in virtual time. */
export interface World {
  readonly sim: Simulator
  readonly connectionId: number
  readonly guardpost: VirtualGuardpost
  readonly now: () => number
  /** Lets time pass, minute by minute, until this is so; throws after two days. */
  until(isSo: (overview: EnforcementOverview) => boolean): Promise<EnforcementOverview>
  set(policy: string, value: string): Promise<void>
  /** How many repositories are as they shall be. */
  changed(): number
  /** Kills Guardpost when GitHub has done so many writes more, the last of which it hears nothing of, and starts it again. */
  killAfter(writes: number): Promise<void>
  close(): Promise<void>
}

export async function world(repositories: number): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'guardpost-enforce-'))
  const file = join(folder, 'guardpost.sqlite')
  let isBusy = () => false
  const time = virtualTime(() => isBusy())
  const sim = await startSimulator({ flavour: 'github.com', clock: time.clock })
  const org = sim.createOrganization({ login: 'acme' })
  for (let n = 0; n < repositories; n++) org.createRepository({ name: `repository-${n}` })
  const { value: token } = sim.createToken({ user: org.owner, kind: 'classic', scopes: ['repo', 'admin:org'] })
  const cutting = { left: Number.POSITIVE_INFINITY, isCut: false }
  const answered = (method: string) => {
    if (method === 'PATCH' && --cutting.left <= 0) cutting.isCut = true
    return !cutting.isCut
  }
  const start = async () => {
    const started = await virtualGuardpost({ apiUrl: sim.apiUrl, file, time, token, answered })
    isBusy = started.isBusy
    return started
  }
  let guardpost = await start()
  const wanted = { kind: 'token', organizationId: org.id, organizationNodeId: org.nodeId, login: 'acme' } as const
  const { connection } = await keepConnection(guardpost.means, { ...wanted, installationId: null }, token)
  const overview = () => enforcementOverview(guardpost.means, connection)
  return {
    sim,
    connectionId: connection.id,
    get guardpost() {
      return guardpost
    },
    now: time.clock,
    async until(isSo) {
      for (let minutes = 0; minutes < 2 * 24 * 60; minutes++) {
        await time.run(time.clock() + minute)
        const told = await overview()
        if (isSo(told)) return told
      }
      throw new Error(`It never came to that: ${JSON.stringify(await overview())}`)
    },
    async set(policy, value) {
      const { means } = guardpost
      const root = await means.store.resources.byNodeId(connection.id, 'GitHub > Organization', org.nodeId)
      await setPolicy(means, newSetting({ connectionId: connection.id, resourceId: root?.id ?? 0 }, policy, value))
    },
    changed: () => [...org.repositories.values()].filter(({ settings }) => settings.deleteBranchOnMerge).length,
    async killAfter(writes) {
      Object.assign(cutting, { left: writes, isCut: false })
      while (!cutting.isCut) await time.run(time.clock() + 1_000)
      await guardpost.kill()
      Object.assign(cutting, { left: Number.POSITIVE_INFINITY, isCut: false })
      guardpost = await start()
    },
    async close() {
      time.stop()
      await guardpost.kill()
      await sim.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
