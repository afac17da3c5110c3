import type { NewPolicySetting, PolicyPlace } from '../model/policy.ts'
import type { PolicyPack } from '../model/policy-pack.ts'
import { type Selector, selectorKey } from '../model/selector.ts'
import type { Store } from '../model/store.ts'
import { binds, requiredAbove } from '../policies/exceptions.ts'
import { spotOf, statementsOf } from '../policies/statements.ts'
import { onFolder, standing } from './exceptions.ts'

/**
 * Whether a new setting overrides a Required one: the one it replaces, or, where it is Required itself, one that binds from
 * above. One that is still to begin counts as well.
 */
export async function overrides(store: Store, wanted: NewPolicySetting, now: number): Promise<boolean> {
  const { governing, where } = await around(store, wanted, now)
  const all = statementsOf(governing)
  const own = all.find(({ setting }) => setting !== null && isSame(setting, wanted))
  if (own && binds(own.rule, now)) return true
  const statement = {
    rule: wanted,
    place: wanted,
    selector: wanted.selector,
    attachment: null,
    pack: null,
    isOfFile: false,
    at: now,
  }
  const setting = { ...wanted, id: 0, createdAt: now }
  return wanted.precedence === 'required' && requiredAbove({ ...statement, setting }, all, where, now) !== null
}

/** Whether a pack, once attached, makes an exception from what is Required already. */
export async function packOverrides(
  store: Store,
  { settings }: PolicyPack,
  { selector, ...place }: PolicyPlace & { readonly selector: Selector | null },
  now: number,
): Promise<boolean> {
  const { governing, where } = await around(store, place, now)
  const all = statementsOf(governing)
  const own = { place, selector, setting: null, attachment: null, pack: null, isOfFile: false, at: now }
  return settings.some((rule) => binds(rule, now) && requiredAbove({ ...own, rule }, all, where, now) !== null)
}

async function around(store: Store, place: PolicyPlace, now: number) {
  const governing =
    place.folderId === null
      ? await store.policies.governing(place.connectionId)
      : await store.policies.governingFolder(place.folderId)
  const where =
    place.folderId === null
      ? await standing(store, place.connectionId, place.resourceId, governing, now)
      : { ...onFolder, folders: governing.folders }
  return { governing, where }
}

const isSame = (one: NewPolicySetting, other: NewPolicySetting): boolean =>
  one.path === other.path && spotOf(one) === spotOf(other) && selectorKey(one.selector) === selectorKey(other.selector)
