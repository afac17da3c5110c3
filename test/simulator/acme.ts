import type { App } from '../../src/simulator/app.ts'
import type { Installation, InstallationDraft } from '../../src/simulator/installation.ts'
import type { Organization } from '../../src/simulator/organization.ts'
import type { Permissions } from '../../src/simulator/permission.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/simulator.ts'
import { type Ask, asking, jwtOf } from './ask.ts'
import { type Receiver, startReceiver } from './receiver.ts'

export const secret = 'It is a secret to everybody'
export const hookUrl = 'https://hooks.example/app'

/** A simulated GitHub with the organization acme, an App on it, and a server at `hooks.example` that hears. */
export interface Acme {
  readonly sim: Simulator
  readonly org: Organization
  readonly app: App
  readonly installation: Installation
  readonly receiver: Receiver
  readonly asApp: Ask
  readonly asNobody: Ask
  /** With a fresh installation token. */
  asInstallation(narrowed?: object): Promise<Ask>
  as(authorization: string): Ask
  close(): Promise<void>
}

export interface AcmeOptions extends Partial<SimulatorOptions> {
  readonly permissions?: Permissions
  readonly events?: readonly string[]
  readonly install?: InstallationDraft
}

export async function startAcme({
  permissions = {},
  events = [],
  install,
  ...options
}: AcmeOptions = {}): Promise<Acme> {
  const receiver = await startReceiver()
  const sim = await startSimulator({ flavour: 'github.com', resolve: { 'hooks.example': receiver.url }, ...options })
  const org = sim.createOrganization({ login: 'acme', owner: 'olga' })
  const app = sim.createApp({ name: 'Guard', owner: org, permissions, events, webhook: { url: hookUrl, secret } })
  const installation = sim.install(app, org, install)
  const as = (authorization: string) => asking(sim.apiUrl, authorization)
  const now = () => Math.floor((options.clock ?? Date.now)() / 1000)
  const asApp: Ask = (...asked) => as(`Bearer ${jwtOf(app, { iat: now() - 30, exp: now() + 300 })}`)(...asked)
  await sim.idle()
  receiver.forget()
  return {
    sim,
    org,
    app,
    installation,
    receiver,
    asApp,
    asNobody: asking(sim.apiUrl),
    asInstallation: async (narrowed) => {
      const { body } = await asApp('POST', `/app/installations/${installation.id}/access_tokens`, narrowed)
      return as(`token ${body.token}`)
    },
    as,
    close: async () => {
      await sim.close()
      await receiver.close()
    },
  }
}
