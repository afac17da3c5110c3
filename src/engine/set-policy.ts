import type { Authorship, NewPolicySetting, PolicyPlace, PolicySetting } from '../model/policy.ts'
import type { FieldChange } from '../model/resource.ts'
import { type Selector, selectorKey } from '../model/selector.ts'
import type { Store } from '../model/store.ts'

import { selectorInWords } from '../policies/selector.ts'

import type { Means } from './means.ts'
import { tellPolicy } from './tell-policy.ts'
import { connectionsAt, judgeAnew } from './touched.ts'
import { checkNotOfFile, checkRule, policyType, WrongPolicy } from './wrong-policy.ts'

/** A setting on an organization or a folder reaches what is below; on anything else, only what is named by its own type. */
export const reaches = (type: string, path: string): boolean =>
  type === 'GitHub > Organization' || path.startsWith(`${type} > `)

/** Answers a policy at one place, and has everything that it touches judged again. Throws `WrongPolicy`. */
export async function setPolicy(
  { store, clock }: Pick<Means, 'store' | 'clock'>,
  wanted: NewPolicySetting,
): Promise<PolicySetting> {
  checkRule(wanted, wanted.selector)
  await checkPlace(store, wanted)
  const now = clock()
  return store.transaction(async (tx) => {
    const before = await settingAt(tx, wanted)
    checkNotOfFile(before, wanted)
    const setting = await tx.policies.set(wanted, now)
    const change = { field: wanted.path, before: answerOf(before), after: answerOf(setting) }
    await follow(tx, wanted, `set to ${String(answerOf(setting))} (${wanted.precedence})`, change, now)
    return setting
  })
}

type Unset = PolicyPlace & Pick<NewPolicySetting, 'path' | 'selector'> & Pick<Authorship, 'setBy' | 'source'>

/** Takes an answer back. False: there was none. Throws `WrongPolicy`. */
export async function unsetPolicy({ store, clock }: Pick<Means, 'store' | 'clock'>, wanted: Unset): Promise<boolean> {
  policyType(wanted.path)
  return store.transaction(async (tx) => {
    const before = await settingAt(tx, wanted)
    checkNotOfFile(before, wanted)
    const wasSet = await tx.policies.unset(wanted)
    const change = { field: wanted.path, before: answerOf(before), after: undefined }
    if (wasSet) await follow(tx, wanted, 'unset', change, clock())
    return wasSet
  })
}

/** Throws `WrongPolicy` where a policy, or a selection of repositories, has no effect at a place, or it is not there. */
async function checkPlace(store: Store, { path, selector, ...place }: NewPolicySetting): Promise<void> {
  await checkSelected(store, place, selector)
  if (place.folderId !== null) return
  const resource = await store.resources.get(place.connectionId, place.resourceId)
  if (resource && !reaches(resource.type, path))
    throw new WrongPolicy(
      `\`${path}\` has no effect on ${resource.title}, which is a ${resource.type}: set it above.`,
      'resourceId',
    )
}

/** Throws `WrongPolicy` where no repositories are below a place, or a folder is not there. */
export async function checkSelected(store: Store, place: PolicyPlace, selector: Selector | null): Promise<void> {
  if (place.folderId !== null) {
    if (!(await store.folders.get(place.folderId)))
      throw new WrongPolicy(`There is no folder ${place.folderId}.`, 'folderId')
    return
  }
  const resource = selector && (await store.resources.get(place.connectionId, place.resourceId))
  if (resource && resource.type !== 'GitHub > Organization')
    throw new WrongPolicy(`A selector selects repositories, and none are below ${resource.title}.`, 'selector')
}

/** What is set at this very place; what is set above it does not count. */
async function settingAt(
  store: Store,
  { folderId, connectionId, resourceId, path, selector }: PolicyPlace & Pick<PolicySetting, 'path' | 'selector'>,
): Promise<PolicySetting | undefined> {
  const key = selectorKey(selector)
  const all =
    folderId === null ? await store.policies.list(connectionId, path) : await store.policies.ofFolder(folderId)
  return all.find((each) => each.path === path && each.resourceId === resourceId && selectorKey(each.selector) === key)
}

const answerOf = (setting: PolicySetting | undefined) => setting?.value ?? setting?.expression ?? undefined

async function follow(
  store: Store,
  { path, selector, setBy, source, ...place }: Unset,
  what: string,
  change: FieldChange,
  now: number,
): Promise<void> {
  const where = selector ? ` for ${selectorInWords(selector)}` : ''
  for (const connection of await connectionsAt(store, place)) {
    await tellPolicy(store, connection, place, { summary: `${path}${where} ${what}`, change, setBy, source }, now)
    await judgeAnew(store, connection, [{ place, selector, paths: [path] }], 'policy set', now)
  }
}
