import { type PermissionLevel, type Permissions, satisfies } from '../model/permission.ts'

const term = /^(?<key>[a-z][a-z0-9_]*)=(?<level>[a-z]+)$/

/**
 * The sets of permissions that would have been enough, from `X-Accepted-GitHub-Permissions`: `,` joins what is needed
 * together, `;` parts alternatives. What is no permission (`allows_permissionless_access=true`) is left out.
 */
export function acceptedPermissions(header: string | undefined): Permissions[] {
  return (header ?? '')
    .split(';')
    .map(permissionSet)
    .filter((set) => Object.keys(set).length > 0)
}

function permissionSet(text: string): Permissions {
  const set: Record<string, PermissionLevel> = {}
  for (const part of text.split(',')) {
    const { key, level } = term.exec(part.trim())?.groups ?? {}
    if (key !== undefined && isLevel(level) && !satisfies(set[key], level)) set[key] = level
  }
  return set
}

const isLevel = (text: string | undefined): text is PermissionLevel =>
  text === 'read' || text === 'write' || text === 'admin'

/** What `granted` lacks of the alternative that is nearest to it; null when there is no alternative to compare with. */
export function lacking(alternatives: readonly Permissions[], granted: Permissions): Permissions | null {
  const lacks = alternatives.map((set) => missingFrom(set, granted))
  const size = (set: Permissions) => Object.keys(set).length
  return lacks.reduce<Permissions | null>((best, next) => (best && size(best) <= size(next) ? best : next), null)
}

/** The part of `needed` that `have` does not satisfy. */
export function missingFrom(needed: Permissions, have: Permissions): Permissions {
  return Object.fromEntries(Object.entries(needed).filter(([key, level]) => !satisfies(have[key], level)))
}
