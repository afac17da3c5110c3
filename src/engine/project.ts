import { z } from 'zod'
import type { Connection } from '../model/connection.ts'
import type { Delivery } from '../model/delivery.ts'
import { appHookId, type Hook } from '../model/hook.ts'
import type { Job } from '../model/job.ts'
import type { Payload } from '../model/resource-type.ts'
import type { Store } from '../model/store.ts'
import { isWebhookEvent, type WebhookEvent } from '../model/webhook-event.ts'
import { resourceTypes } from '../resources/index.ts'
import { type Cause, connectJob } from './jobs.ts'
import type { Means } from './means.ts'
import { observe } from './observe.ts'
import { rerequested } from './rerequested.ts'

/** What is read of any payload, whatever its event. */
const common = z.looseObject({
  action: z.string().optional(),
  installation: z.object({ id: z.number() }).nullish(),
  organization: z.object({ id: z.number() }).nullish(),
  sender: z.object({ login: z.string() }).nullish(),
})
type Common = z.infer<typeof common>

/** Turns a kept delivery into observations. Whatever cannot be understood is parked, with the reason, for a person. */
export async function project(means: Means, { payload }: Job): Promise<void> {
  const delivery = await means.store.deliveries.get((payload as { deliveryId: number }).deliveryId)
  if (delivery?.status !== 'pending') return
  try {
    const body = common.parse(JSON.parse(Buffer.from(delivery.body).toString('utf8')))
    await means.store.transaction((tx) => projectInto(tx, means, delivery, body))
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : error.message
    means.log.warn(
      { delivery: delivery.id, guid: delivery.guid, event: delivery.event },
      `A delivery was parked: ${reason}`,
    )
    await means.store.deliveries.finish(delivery.id, 'parked', reason)
  }
}

async function projectInto(store: Store, means: Means, delivery: Delivery, body: Common): Promise<void> {
  const finish = (status: Delivery['status'], error?: string) => store.deliveries.finish(delivery.id, status, error)
  const hook = delivery.hookId === appHookId ? null : ((await store.hooks.find(delivery.hookId))?.hook ?? null)
  if (delivery.hookId !== appHookId && !hook) return finish('refused', 'Its webhook is no longer ours.')

  const connection = await connectionOf(store, body, hook)
  if (needsLook(delivery, body, connection))
    await store.jobs.enqueue([connectJob(body.installation?.id ?? null, causeOf(delivery, body).why, means.clock())])
  if (!connection) return finish('processed')
  if (!isOf(connection, delivery.event, body)) {
    means.log.warn(
      { delivery: delivery.id, connection: connection.id },
      'A signed delivery speaks for another organization; refused',
    )
    return finish('refused', 'It speaks for another organization than its webhook does.')
  }
  if (!(await store.deliveries.claimEvent(delivery.id, connection.id))) return finish('folded')

  if (hook && delivery.event === 'ping' && !delivery.bodySeenBefore) await pinged(store, hook, delivery, body)
  if (isWebhookEvent(delivery.event)) await bringIn(store, means, connection, delivery, delivery.event, body)
  return finish('processed')
}

const connectionOf = (store: Store, { installation }: Common, hook: Hook | null): Promise<Connection | null> =>
  hook
    ? store.connections.get(hook.connectionId)
    : installation
      ? store.connections.byInstallation(installation.id)
      : Promise.resolve(null)

/** An installation's own events, and any event of an installation that we have not heard of. */
function needsLook({ hookId, event }: Delivery, { installation }: Common, connection: Connection | null): boolean {
  return hookId === appHookId && Boolean(installation) && (event === 'installation' || connection === null)
}

/** A hook's secret speaks for its own organization only. Events about the webhook or the installation may name none. */
function isOf(connection: Connection, event: string, { organization }: Common): boolean {
  if (organization) return organization.id === connection.organizationId
  return ['ping', 'meta', 'installation', 'installation_repositories', 'installation_target'].includes(event)
}

async function pinged(store: Store, hook: Hook, { receivedAt, guid }: Delivery, body: Common): Promise<void> {
  const githubId = z.object({ hook_id: z.number() }).parse(body).hook_id
  if (hook.githubId === null) await store.hooks.setGitHubId(hook.connectionId, hook.id, githubId)
  if (hook.githubId === null || hook.githubId === githubId)
    await store.hooks.setPing(hook.connectionId, hook.id, { receivedAt, guid, provedFor: null })
}

async function bringIn(
  store: Store,
  { clock }: Means,
  connection: Connection,
  delivery: Delivery,
  event: WebhookEvent,
  body: Common,
): Promise<void> {
  const cause = causeOf(delivery, body)
  const sighted = { source: 'event', at: delivery.receivedAt, cause, isReplay: delivery.bodySeenBefore } as const
  for (const type of resourceTypes)
    for (const observation of type.fromEvent[event]?.(body as Payload, connection) ?? [])
      await observe(store, connection, type, observation, sighted)
  if (event === 'check_run') await store.jobs.enqueue(await rerequested(store, connection, body, clock()))
}

function causeOf({ id, event }: Delivery, { action, sender }: Common): Cause {
  return { why: action ? `${event}.${action}` : event, actor: sender?.login ?? null, deliveryId: id }
}
