import { type Delivery, hasPayload } from '../delivery-log.ts'
import type { Hook } from '../hook.ts'
import { type Answer, accepted, type Call, ok } from '../http/operation.ts'
import { paginateByCursor } from '../http/paginate.ts'
import { notFound } from '../http/refusal.ts'
import { timestamp } from '../timestamp.ts'

const day = 24 * 60 * 60 * 1000

/** GitHub keeps the log for 3 days, GHES for 7. Newest first. */
function kept({ world }: Call, hook: Hook): Delivery[] {
  const since = world.now() - (world.flavour === 'ghes' ? 7 : 3) * day
  return hook.log.filter(({ deliveredAt }) => deliveredAt >= since).sort((one, other) => other.id - one.id)
}

const item = (delivery: Delivery) => ({
  id: delivery.id,
  guid: delivery.guid,
  delivered_at: timestamp(delivery.deliveredAt),
  redelivery: delivery.redelivery,
  duration: delivery.duration,
  status: delivery.status,
  status_code: delivery.statusCode,
  event: delivery.event,
  action: delivery.action,
  installation_id: delivery.installationId,
  repository_id: delivery.repositoryId,
  throttled_at: timestamp(delivery.throttledAt),
})

/** `status=failure` knows status codes only: an attempt without one is in neither list. */
function filtered(call: Call, deliveries: readonly Delivery[]): readonly Delivery[] {
  const status = call.query.get('status')
  if (status === 'success') return deliveries.filter(({ statusCode }) => statusCode >= 200 && statusCode < 400)
  if (status === 'failure') return deliveries.filter(({ statusCode }) => statusCode >= 400 && statusCode < 600)
  return deliveries
}

export function listDeliveries(call: Call, hook: Hook): Answer {
  const { page, headers } = paginateByCursor(call, filtered(call, kept(call, hook)))
  return { status: 200, body: page.map(item), headers }
}

function find(call: Call, hook: Hook): Delivery {
  const delivery = kept(call, hook).find(({ id }) => String(id) === call.params.delivery_id)
  if (!delivery) throw notFound()
  return delivery
}

/** The request's payload is parsed JSON here: the bytes that were signed are gone. */
export function getDelivery(call: Call, hook: Hook): Answer {
  const delivery = find(call, hook)
  const known = hasPayload(delivery)
  const { url, request, response, payload } = delivery
  return ok({
    ...item(delivery),
    url,
    request: known ? { headers: request.headers, payload: JSON.parse(payload) } : { headers: null, payload: null },
    response: known ? response : { headers: null, payload: null },
  })
}

/** Sends it again under the same GUID; answered before it arrives. */
export function redeliver(call: Call, hook: Hook): Answer {
  const delivery = find(call, hook)
  if (!hasPayload(delivery)) throw notFound()
  const { guid, event, action, installationId, repositoryId, payload } = delivery
  void call.world.deliveries.send(hook, { guid, event, action, installationId, repositoryId, payload }, true)
  return accepted()
}
