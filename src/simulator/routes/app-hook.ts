import { bodyOf } from '../http/body.ts'
import { type Operation, ok, operation } from '../http/operation.ts'
import { configObject } from '../payloads/hook.ts'
import { appOf } from './app.ts'
import { getDelivery, listDeliveries, redeliver } from './delivery-log.ts'
import { changedConfig, configBody } from './hook-body.ts'

const webhooks = (heading: string) => `apps/webhooks#${heading}`

export const appHookOperations: readonly Operation[] = [
  operation('GET /app/hook/config', webhooks('get-a-webhook-configuration-for-an-app'), ({ actor }) =>
    ok(configObject(appOf(actor).hook)),
  ),
  operation('PATCH /app/hook/config', webhooks('update-a-webhook-configuration-for-an-app'), (call) => {
    const { hook } = appOf(call.actor)
    hook.update({ ...changedConfig(hook, bodyOf(call, configBody)) })
    return ok(configObject(hook))
  }),
  operation('GET /app/hook/deliveries', webhooks('list-deliveries-for-an-app-webhook'), (call) =>
    listDeliveries(call, appOf(call.actor).hook),
  ),
  operation('GET /app/hook/deliveries/{delivery_id}', webhooks('get-a-delivery-for-an-app-webhook'), (call) =>
    getDelivery(call, appOf(call.actor).hook),
  ),
  operation(
    'POST /app/hook/deliveries/{delivery_id}/attempts',
    webhooks('redeliver-a-delivery-for-an-app-webhook'),
    (call) => redeliver(call, appOf(call.actor).hook),
  ),
]
