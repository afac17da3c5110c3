export type Level = 'read' | 'write' | 'admin'

/** Permissions by GitHub's key, as an App's manifest writes them. */
export type Permissions = Readonly<Record<string, Level>>

const rank: Record<Level, number> = { read: 1, write: 2, admin: 3 }

/** Whether a held level is enough for a wanted one. */
export const reaches = (held: Level | undefined, wanted: Level): boolean =>
  held !== undefined && rank[held] >= rank[wanted]

/** Whether every wanted permission is held. */
export const holds = (held: Permissions, wanted: Permissions): boolean =>
  Object.entries(wanted).every(([key, level]) => reaches(held[key], level))

/** What both sides hold, at the lower level of the two. */
export function common(one: Permissions, other: Permissions): Permissions {
  const shared = Object.entries(one).flatMap(([key, level]) => {
    const second = other[key]
    return second ? [[key, reaches(second, level) ? level : second] as const] : []
  })
  return Object.fromEntries(shared)
}
