import { controlTypes } from '../controls/index.ts'
import type { Connection } from '../model/connection.ts'
import type { ControlType } from '../model/control-type.ts'
import type { NewJob } from '../model/job.ts'
import { nearest } from '../model/nearest.ts'
import type { NewPolicySetting, PolicySetting, PolicyType } from '../model/policy.ts'
import type { FieldChange, Resource } from '../model/resource.ts'
import type { Store } from '../model/store.ts'
import { policyTypes } from '../policies/index.ts'
import { fault } from '../policies/validate.ts'
import { connectionNodeId, connection as connectionType } from '../resources/connection.ts'
import { readingsFor } from './asked-types.ts'
import { because, controlJob, readJob, reportJob } from './jobs.ts'
import type { Means } from './means.ts'

type Source = 'cli' | 'console'

/** A policy or an answer that does not exist; the message says what would be right. */
export class WrongPolicy extends Error {
  /** The part that is wrong. */
  readonly part: 'path' | 'value' | 'resourceId'

  constructor(message: string, part: WrongPolicy['part']) {
    super(message)
    this.part = part
  }
}

/** The policy type of a path. Throws `WrongPolicy` naming the nearest one. */
export function policyType(path: string): PolicyType {
  const type = policyTypes.get(path)
  if (type) return type
  throw new WrongPolicy(
    `There is no policy \`${path}\`. Did you mean \`${nearest(path, [...policyTypes.keys()])}\`?`,
    'path',
  )
}

/** A setting on an organization reaches its repositories; on anything else, only what is named by its own type. */
export const reaches = (type: string, path: string): boolean =>
  type === 'GitHub > Organization' || path.startsWith(`${type} > `)

/** Answers a policy at one place, and has everything that it touches judged again. */
export async function setPolicy(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  wanted: NewPolicySetting,
  source: Source = 'cli',
): Promise<PolicySetting> {
  const wrong = fault(policyType(wanted.path), wanted.value)
  if (wrong) throw new WrongPolicy(wrong, 'value')
  const place = await store.resources.get(wanted.connectionId, wanted.resourceId)
  if (place && !reaches(place.type, wanted.path))
    throw new WrongPolicy(
      `\`${wanted.path}\` has no effect on ${place.title}, which is a ${place.type}: set it above.`,
      'resourceId',
    )
  const now = clock()
  return store.transaction(async (tx) => {
    const before = await answerAt(tx, wanted)
    const setting = await tx.policies.set(wanted, now)
    const change = { field: wanted.path, before, after: setting.value }
    const what = `set to ${String(wanted.value)} (${wanted.precedence})`
    await follow(tx, wanted, { what, change, source }, now)
    return setting
  })
}

/** Takes an answer back. False: there was none. */
export async function unsetPolicy(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  wanted: Place & Pick<NewPolicySetting, 'setBy'>,
  source: Source = 'cli',
): Promise<boolean> {
  policyType(wanted.path)
  return store.transaction(async (tx) => {
    const before = await answerAt(tx, wanted)
    const wasSet = await tx.policies.unset(wanted.connectionId, wanted.resourceId, wanted.path)
    const change = { field: wanted.path, before, after: undefined }
    if (wasSet) await follow(tx, wanted, { what: 'unset', change, source }, clock())
    return wasSet
  })
}

type Place = Pick<NewPolicySetting, 'connectionId' | 'resourceId' | 'path'>

/** What is set at this very place; what is set above it does not count. */
async function answerAt(store: Store, { connectionId, resourceId, path }: Place) {
  return (await store.policies.list(connectionId, path)).find((setting) => setting.resourceId === resourceId)?.value
}

async function follow(
  store: Store,
  { connectionId, resourceId, path, setBy }: Place & Pick<NewPolicySetting, 'setBy'>,
  { what, change, source }: { what: string; change: FieldChange; source: Source },
  now: number,
): Promise<void> {
  const connection = await store.connections.get(connectionId)
  const resource = await store.resources.get(connectionId, resourceId)
  if (!connection || !resource) return
  await store.activities.add({
    connectionId,
    resourceId,
    kind: 'policy',
    actor: setBy,
    summary: `${path} ${what}`.slice(0, 500),
    changes: [change],
    source,
    deliveryId: null,
    at: now,
  })
  await store.jobs.enqueue(await touched(store, connection, resource, path, now))
}

/** What the policies in force need may be other permissions now, so the connection is read again too. */
async function touched(
  store: Store,
  connection: Connection,
  resource: Resource,
  path: string,
  now: number,
): Promise<NewJob[]> {
  const why = 'policy set'
  const jobs = [
    readJob(connection.id, connectionType, connectionNodeId(connection.organizationNodeId), because(why), now),
  ]
  const controls = controlTypes.filter(
    ({ policy, subPolicies }) =>
      policy.path === path || Object.values<PolicyType>(subPolicies).some((sub) => sub.path === path),
  )
  if (controls.length === 0) return [...jobs, ...(await reportsOf(store, connection, resource, now))]
  const runs = await Promise.all(
    controls.map(async (control) => [
      ...readingsFor(connection, control, why, now),
      ...(await runsBelow(store, connection, resource, control, why, now)),
    ]),
  )
  return [...jobs, ...runs.flat()]
}

async function runsBelow(
  store: Store,
  connection: Connection,
  resource: Resource,
  { path, target }: ControlType,
  why: string,
  now: number,
): Promise<NewJob[]> {
  const targets =
    resource.type === target
      ? [resource]
      : await store.resources.list(connection.id, { type: target, parentId: resource.id })
  return targets.map(({ id, type }) =>
    controlJob(connection.id, { path, resourceId: id, why, fresh: type === 'GitHub > Organization' }, now),
  )
}

async function reportsOf(store: Store, connection: Connection, { id }: Resource, now: number): Promise<NewJob[]> {
  const controls = await store.controls.list(connection.id, { resourceId: id })
  return controls.map((control) => reportJob(connection.id, control.id, now))
}
