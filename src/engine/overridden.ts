import type { NewPolicySetting, PolicySetting } from '../model/policy.ts'
import type { Store } from '../model/store.ts'

/**
 * The Required setting that a new one would override: the one it replaces, or, where the new one is Required itself, one
 * that binds from above. One that is still to begin counts as well. Null: it overrides none.
 */
export async function overridden(
  store: Store,
  { connectionId, resourceId, path, precedence }: Omit<NewPolicySetting, 'value'>,
  now: number,
): Promise<PolicySetting | null> {
  const ancestry = await store.resources.ancestry(connectionId, resourceId)
  const reached = precedence === 'required' ? ancestry : [resourceId]
  const settings = await store.policies.list(connectionId, path)
  return settings.find((setting) => isRequired(setting, now) && reached.includes(setting.resourceId)) ?? null
}

/** Whether a setting binds, or will. */
export const isRequired = ({ precedence, expiresAt }: PolicySetting, now: number): boolean =>
  precedence === 'required' && (expiresAt === null || expiresAt > now)
