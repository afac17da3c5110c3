import { randomBytes, randomUUID } from 'node:crypto'
import type { Connection } from '../model/connection.ts'
import { isWrite } from '../model/control.ts'
import type { ControlType, EvaluateInput, OwnHooks } from '../model/control-type.ts'
import { type GitHub, live } from '../model/github.ts'
import { satisfies } from '../model/permission.ts'
import type { Verdict } from '../model/verdict.ts'
import type { ConnectionData } from '../resources/connection.ts'
import { ourselves } from './jobs.ts'
import type { Means } from './means.ts'
import type { Subject } from './subject.ts'

/** Lets a control set right what it found wanting. True: GitHub was written to, so what is true now must be read. */
export async function enforce(
  means: Means,
  { connection, control, resource }: Subject,
  input: EvaluateInput<never, never, never>,
  verdict: Verdict,
  github: GitHub,
): Promise<boolean> {
  const isWanting = verdict.state === 'alarm' || verdict.state === 'tbd' || verdict.state === 'error'
  if (!isWanting || !control.enforce || !(await isGranted(means, connection, control))) return false
  const app = connection.kind === 'app' ? means.clients.forApp(live(control.path)) : null
  await control.enforce({
    ...input,
    connection,
    github,
    app,
    ownHooks: ownHooks(means, connection.id),
    appWebhookSecret: means.appWebhookSecret,
  })
  const writes = [...github.calls, ...(app?.calls ?? [])].filter(isWrite)
  if (writes.length === 0) return false
  await means.store.activities.add({
    connectionId: connection.id,
    resourceId: resource.id,
    kind: 'enforced',
    actor: ourselves,
    summary: `${control.path}: ${writes.map(({ method, path }) => `${method} ${path}`).join(', ')}`.slice(0, 500),
    changes: [],
    source: 'enforcement',
    deliveryId: null,
    at: means.clock(),
  })
  return true
}

/** A permission that an installation is known not to have is named by Event Handlers; asking anyway only makes noise. */
async function isGranted({ store }: Means, connection: Connection, control: ControlType): Promise<boolean> {
  if (connection.kind === 'token') return true
  const [facts] = await store.resources.list(connection.id, { type: 'GitHub > Connection', limit: 1 })
  const { granted } = (facts?.data ?? {}) as Partial<ConnectionData>
  const needed = { ...control.needs.check, ...control.needs.enforce }
  return Object.entries(needed).every(([key, level]) => satisfies(granted?.[key], level))
}

/** The id is a part of the webhook's URL, and the secret is 32 random bytes; both are kept before GitHub hears of them. */
function ownHooks({ store, addresses, clock }: Means, connectionId: number): OwnHooks {
  return {
    async prepare() {
      const id = randomUUID()
      const secret = randomBytes(32).toString('base64url')
      await store.hooks.make({ id, connectionId, secret, createdAt: clock() })
      await store.hooks.setPing(connectionId, id, { askedAt: clock() })
      return { id, url: addresses.hook(id), secret }
    },
    async known(id) {
      const secret = await store.hooks.secret(connectionId, id)
      if (secret === null) throw new Error(`The webhook ${id} is not known.`)
      return { url: addresses.hook(id), secret }
    },
    made: (id, githubId) => store.hooks.setGitHubId(connectionId, id, githubId),
    pinging: (id) => store.hooks.setPing(connectionId, id, { askedAt: clock(), provedFor: null }),
    forget: (id) => store.hooks.remove(connectionId, id),
  }
}
