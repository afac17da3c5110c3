/** Levels of an App permission, weakest first. */
const levels = ['read', 'write', 'admin'] as const

export type PermissionLevel = (typeof levels)[number]

/** Permissions by manifest key, e.g. `{ organization_hooks: 'write' }`. */
export type Permissions = Readonly<Record<string, PermissionLevel>>

/** One permission that something in Guardpost needs, and what for, in words that end a sentence. */
export interface Need {
  readonly permission: string
  readonly level: PermissionLevel
  readonly why: string
}

/** Whether `granted` is at least `needed`; nothing granted satisfies nothing. */
export function satisfies(granted: PermissionLevel | undefined, needed: PermissionLevel): boolean {
  return granted !== undefined && levels.indexOf(granted) >= levels.indexOf(needed)
}

/** Needs as permissions, the highest level of each key winning. */
export function permissionsOf(needs: readonly Need[]): Permissions {
  const permissions: Record<string, PermissionLevel> = {}
  for (const { permission, level } of needs)
    if (!satisfies(permissions[permission], level)) permissions[permission] = level
  return permissions
}

/** Permissions as needs for one purpose. */
export function needsFor(why: string, permissions: Permissions): Need[] {
  return Object.entries(permissions).map(([permission, level]) => ({ permission, level, why }))
}
