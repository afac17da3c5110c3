/** What a bench was told cannot be done: it is used wrongly. */
export class UsedWrongly extends Error {}

/** A whole number above zero; of nothing at all anything would hold. */
export function wholeNumber(name: string, told: string): number {
  const number = Number(told)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new UsedWrongly(`${name} is a whole number above zero, not “${told}”.`)
}
