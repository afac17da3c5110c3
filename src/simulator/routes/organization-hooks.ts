import type { Hook } from '../hook.ts'
import { userOf } from '../http/actor.ts'
import { bodyOf } from '../http/body.ts'
import { type Answer, type Call, noContent, type Operation, ok, onOrganization } from '../http/operation.ts'
import { paginate } from '../http/paginate.ts'
import { notFound, validationFailed } from '../http/refusal.ts'
import { addHook, type Organization, pingHook } from '../organization.ts'
import { configObject, hookObject } from '../payloads/hook.ts'
import { getDelivery, listDeliveries, redeliver } from './delivery-log.ts'
import { changedConfig, checkEvents, configBody, createBody, hookError, updateBody, wholeConfig } from './hook-body.ts'

/** GitHub: at most 20 hooks hear one event. */
const mostPerEvent = 20

/**
 * Webhooks may share a config as long as their events do not overlap
 * (https://docs.github.com/rest/repos/webhooks#create-a-repository-webhook).
 */
function checkAgainstOthers(organization: Organization, hook: Pick<Hook, 'config' | 'events'>): void {
  const overlapping = organization.hooks.filter(({ events }) => events.some((event) => hook.events.includes(event)))
  const same = overlapping.some(
    ({ config }) => config.url === hook.config.url && config.contentType === hook.config.contentType,
  )
  if (same) throw validationFailed(hookError('Hook already exists on this organization'))
  const full = hook.events.find(
    (event) => organization.hooks.filter(({ events }) => events.includes(event)).length >= mostPerEvent,
  )
  if (full) throw validationFailed(hookError(`The "${full}" event cannot have more than ${mostPerEvent} hooks`))
}

/** The ping goes out, and is waited for, before the answer: the maker may hear from the hook before it knows its id. */
async function createHook(call: Call, organization: Organization): Promise<Answer> {
  const { world, actor } = call
  const { name, config: given, events = ['push'], active = true } = bodyOf(call, createBody)
  if (name !== 'web') throw validationFailed({ resource: 'Hook', code: 'invalid', field: 'name' })
  const config = wholeConfig(given)
  checkEvents(events)
  checkAgainstOthers(organization, { config, events })
  const hook = addHook(world, organization, { ...config, events, active }, { sender: userOf(actor).login })
  await pingHook(world, organization, hook, userOf(actor))
  const body = hookObject(world.urls, hook)
  return { status: 201, body, headers: { Location: `${world.urls.api}/orgs/${organization.login}/hooks/${hook.id}` } }
}

function updateHook(call: Call, hook: Hook): Answer {
  const { config: given, events, active } = bodyOf(call, updateBody)
  if (events) checkEvents(events)
  const config = given ? wholeConfig(given) : hook.config
  hook.update({ ...config, events, active }, { sender: userOf(call.actor).login })
  return ok(hookObject(call.world.urls, hook))
}

/** An operation on one hook of the organization. */
const onHook = (
  route: string,
  heading: string,
  handle: (call: Call, hook: Hook, organization: Organization) => Answer | Promise<Answer>,
): Operation =>
  onOrganization(route, webhooks(heading), (call, organization) => {
    const hook = organization.hooks.find(({ id }) => String(id) === call.params.hook_id)
    if (!hook) throw notFound()
    return handle(call, hook, organization)
  })

const webhooks = (heading: string) => `orgs/webhooks#${heading}`

const one = '/orgs/{org}/hooks/{hook_id}'

export const organizationHookOperations: readonly Operation[] = [
  onOrganization('GET /orgs/{org}/hooks', webhooks('list-organization-webhooks'), (call, organization) => {
    const { page, headers } = paginate(call, organization.hooks)
    return { status: 200, body: page.map((hook) => hookObject(call.world.urls, hook)), headers }
  }),
  onOrganization('POST /orgs/{org}/hooks', webhooks('create-an-organization-webhook'), createHook),
  onHook(`GET ${one}`, 'get-an-organization-webhook', ({ world }, hook) => ok(hookObject(world.urls, hook))),
  onHook(`PATCH ${one}`, 'update-an-organization-webhook', updateHook),
  onHook(`DELETE ${one}`, 'delete-an-organization-webhook', ({ actor }, hook) => {
    hook.delete({ sender: userOf(actor).login })
    return noContent()
  }),
  onHook(`GET ${one}/config`, 'get-a-webhook-configuration-for-an-organization', (_, hook) => ok(configObject(hook))),
  onHook(`PATCH ${one}/config`, 'update-a-webhook-configuration-for-an-organization', (call, hook) => {
    hook.update({ ...changedConfig(hook, bodyOf(call, configBody)) }, { sender: userOf(call.actor).login })
    return ok(configObject(hook))
  }),
  onHook(`POST ${one}/pings`, 'ping-an-organization-webhook', ({ world, actor }, hook, organization) => {
    void pingHook(world, organization, hook, userOf(actor))
    return noContent()
  }),
  onHook(`GET ${one}/deliveries`, 'list-deliveries-for-an-organization-webhook', listDeliveries),
  onHook(`GET ${one}/deliveries/{delivery_id}`, 'get-a-webhook-delivery-for-an-organization-webhook', getDelivery),
  onHook(
    `POST ${one}/deliveries/{delivery_id}/attempts`,
    'redeliver-a-delivery-for-an-organization-webhook',
    redeliver,
  ),
]
