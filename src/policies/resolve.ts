import type { ConnectionKind } from '../model/connection.ts'
import type { PolicySetting, PolicyType, PolicyValue } from '../model/policy.ts'

/**
 * The answer in force for a resource. `ancestry` is its id and those above it, nearest first. The nearest Required
 * setting wins; where there is none, the nearest Recommended; where there is none, the default.
 */
export function resolve(
  type: PolicyType,
  settings: readonly PolicySetting[],
  ancestry: readonly number[],
  connection: { kind: ConnectionKind },
  now: number,
): PolicyValue {
  const inForce = settings.filter((setting) => setting.path === type.path && isInForce(setting, now))
  const nearest = (precedence: PolicySetting['precedence']) =>
    ancestry
      .map((id) => inForce.find((setting) => setting.resourceId === id && setting.precedence === precedence))
      .find((setting) => setting !== undefined)
  const setting = nearest('required') ?? nearest('recommended') ?? null
  return { path: type.path, value: setting?.value ?? type.default(connection), setting }
}

const isInForce = ({ startsAt, expiresAt }: PolicySetting, now: number): boolean =>
  (startsAt === null || startsAt <= now) && (expiresAt === null || expiresAt > now)
