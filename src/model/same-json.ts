/**
 * Whether two values are the same JSON. Not `isDeepStrictEqual`: that one counts a property that is `undefined`, which the
 * store does not keep, and the realm that an object was made in.
 */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => sameJson(one[key as keyof typeof one], other[key as keyof typeof other]))
}
