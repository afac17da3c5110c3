import { z } from 'zod'
import { type Connection, isLeaving } from '../model/connection.ts'
import type { Delivery } from '../model/delivery.ts'
import { appHookId, type Hook } from '../model/hook.ts'
import type { Job } from '../model/job.ts'
import type { Observation, Payload } from '../model/resource-type.ts'
import type { Store } from '../model/store.ts'
import { isWebhookEvent, type WebhookEvent } from '../model/webhook-event.ts'
import { resourceTypes } from '../resources/index.ts'
import { actorOf } from './actor.ts'
import { eachAlone, type Failure } from './failure.ts'
import { type Cause, connectJob } from './jobs.ts'
import { withLogFields } from './log-context.ts'
import type { Means } from './means.ts'
import { observe } from './observe.ts'
import { planPrompted } from './policy-files/prompted.ts'
import { rerequested } from './rerequested.ts'

/** What is read of any payload, whatever its event. Loose at every level: the mappings are given the rest as well. */
const common = z.looseObject({
  action: z.string().optional(),
  installation: z.looseObject({ id: z.number() }).nullish(),
  organization: z.looseObject({ id: z.number() }).nullish(),
  sender: z.looseObject({ login: z.string(), type: z.string().optional() }).nullish(),
})
type Common = z.infer<typeof common>

/** A body that says nothing we can read: trying again would not help. */
class Unreadable extends Error {}

const deliveryIdOf = ({ payload }: Job): number => (payload as { deliveryId: number }).deliveryId

/**
 * Turns kept deliveries into observations, all in one transaction; where that fails, each in its own, so that a bad one
 * takes no other with it. Whatever cannot be understood is parked, with the reason, for a person.
 */
export async function project(means: Means, jobs: readonly Job[]): Promise<Failure[]> {
  if (jobs.length > 1 && (await areProjected(means, jobs))) return []
  return eachAlone(
    jobs.map((job) => ({ job })),
    ({ job }) => projectAlone(means, job),
  )
}

/** False: one of them stood in the way, and nothing was done. */
async function areProjected({ store, ...means }: Means, jobs: readonly Job[]): Promise<boolean> {
  try {
    const found = new Map((await store.deliveries.some(jobs.map(deliveryIdOf))).map((each) => [each.id, each]))
    const read = jobs.flatMap((job) => {
      const delivery = found.get(deliveryIdOf(job))
      return delivery?.status === 'pending' ? [{ delivery, body: bodyOf(delivery) }] : []
    })
    await store.redoable(async (tx) => {
      for (const { delivery, body } of read)
        await withLogFields(fieldsOf(delivery), () => projectInto(tx, means, delivery, body))
      await tx.jobs.done(jobs.map(({ id }) => id))
    })
    return true
  } catch (error) {
    means.log.debug({ err: error, deliveries: jobs.length }, 'Deliveries are projected one by one')
    return false
  }
}

async function projectAlone({ store, ...means }: Means, job: Job): Promise<void> {
  const delivery = await store.deliveries.get(deliveryIdOf(job))
  if (delivery?.status !== 'pending') return
  const { id, guid, event } = delivery
  try {
    const body = bodyOf(delivery)
    await withLogFields(fieldsOf(delivery), () => store.transaction((tx) => projectInto(tx, means, delivery, body)))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    means.log.warn({ delivery: id, guid, event }, `A delivery was parked: ${error.message}`)
    await store.deliveries.finish(id, 'parked', error.message)
  }
}

const fieldsOf = ({ id, guid, event }: Delivery) => ({ delivery: id, guid, event })

const bodyOf = ({ body }: Delivery): Common =>
  understand(() => common.parse(JSON.parse(Buffer.from(body).toString('utf8'))))

function understand<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    throw new Unreadable(reason, { cause: error })
  }
}

async function projectInto(store: Store, means: Omit<Means, 'store'>, delivery: Delivery, body: Common): Promise<void> {
  const finish = (status: Delivery['status'], error?: string) => store.deliveries.finish(delivery.id, status, error)
  const hook = delivery.hookId === appHookId ? null : ((await store.hooks.find(delivery.hookId))?.hook ?? null)
  if (delivery.hookId !== appHookId && !hook) return finish('refused', 'Its webhook is no longer ours.')

  const connection = await connectionOf(store, body, hook)
  if (connection && isLeaving(connection)) return store.deliveries.drop(delivery.id)
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

  // What was read back came without our signature: it proves nothing of our secret.
  if (hook && delivery.event === 'ping' && delivery.source !== 'log') await pinged(store, hook, delivery, body)
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
function isOf(connection: Connection, event: string, body: Common): boolean {
  const { installation, organization } = body
  if (installation && installation.id !== connection.installationId) return false
  const named = organization?.id ?? ownerOf(body)
  if (named !== undefined) return named === connection.organizationId
  return ['ping', 'meta', 'installation', 'installation_repositories', 'installation_target'].includes(event)
}

const owned = z.object({ repository: z.object({ owner: z.object({ id: z.number() }) }) })

/** Some events of an organization's repositories name the organization as the owner only. */
const ownerOf = (body: Common): number | undefined => owned.safeParse(body).data?.repository.owner.id

/**
 * A ping whose words came before proves nothing, unless one is awaited: GitHub's words are few, so two pings may well be
 * the same. Whether its GUID is GitHub's, the delivery log says.
 */
async function pinged(store: Store, hook: Hook, delivery: Delivery, body: Common): Promise<void> {
  const { receivedAt, guid, bodySeenBefore } = delivery
  const { askedAt, receivedAt: heardAt } = hook.ping
  const isAwaited = askedAt !== null && (heardAt ?? 0) < askedAt
  if (bodySeenBefore && !isAwaited) return
  const { hook_id: githubId } = understand(() => z.object({ hook_id: z.number() }).parse(body))
  if (hook.githubId === null) await store.hooks.setGitHubId(hook.connectionId, hook.id, githubId)
  if (hook.githubId === null || hook.githubId === githubId)
    await store.hooks.setPing(hook.connectionId, hook.id, { receivedAt, guid, provedFor: null })
}

async function bringIn(
  store: Store,
  { clock }: Pick<Means, 'clock'>,
  connection: Connection,
  delivery: Delivery,
  event: WebhookEvent,
  body: Common,
): Promise<void> {
  const cause = { ...causeOf(delivery, body), actor: await actorOf(store, connection, body.sender) }
  const sighted = { source: 'event', at: delivery.receivedAt, cause, isReplay: delivery.bodySeenBefore } as const
  const isForeign = (ownerOf(body) ?? connection.organizationId) !== connection.organizationId
  for (const type of resourceTypes)
    for (const said of understand(() => type.fromEvent[event]?.(body as Payload, connection) ?? []))
      await observe(store, connection, type, isForeign ? asPrompt(said) : said, sighted)
  if (event === 'check_run' || event === 'check_suite')
    await store.jobs.enqueue(await rerequested(store, connection, body, clock()))
  if (event === 'pull_request') await store.jobs.enqueue(await planPrompted(store, connection, body, clock()))
}

/** What a payload says of a repository of somebody else is not believed, but looked up. */
const asPrompt = ({ nodeId }: Observation): Observation => ({ kind: 'prompt', nodeId })

function causeOf({ id, event }: Delivery, { action, sender }: Common): Cause {
  return { why: action ? `${event}.${action}` : event, actor: sender?.login ?? null, deliveryId: id }
}
