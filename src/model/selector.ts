/** Who sees a repository. */
export const visibilities = ['public', 'private', 'internal'] as const

/**
 * Which of the repositories below a place something is meant for: those for which all of it holds. What is not known of a
 * repository yet does not hold; whoever starts to match is covered as soon as it is known.
 */
export interface Selector {
  /** A pattern of the name, `*` for any letters and `?` for one; with a `/` in it, of `owner/name`. Case makes no difference. */
  readonly name?: string
  readonly topic?: string
  /** Custom properties by name; of a property with several values one must be it. */
  readonly property?: Readonly<Record<string, string>>
  readonly visibility?: readonly (typeof visibilities)[number][]
  readonly archived?: boolean
  readonly fork?: boolean
}

/** The same text for the same selector, however it was written; the empty text for none. */
export function selectorKey(selector: Selector | null): string {
  if (!selector) return ''
  const { property, visibility, ...plain } = selector
  const sorted = property && Object.fromEntries(Object.entries(property).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const parts = { ...plain, property: sorted, visibility: visibility?.toSorted() }
  return JSON.stringify(parts, [
    'archived',
    'fork',
    'name',
    'property',
    'topic',
    'visibility',
    ...Object.keys(sorted ?? {}),
  ])
}
