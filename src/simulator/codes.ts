import { randomBytes } from 'node:crypto'

/** Temporary codes: each stands for something once, and for a while only. */
export interface Codes<Kept> {
  give(kept: Kept): string
  /** What the code stands for; it is worth nothing from now on. */
  take(code: string): Kept | undefined
}

/** `life` in milliseconds, `bytes` of randomness: GitHub's codes differ in both. */
export function createCodes<Kept>(now: () => number, { life, bytes }: { life: number; bytes: number }): Codes<Kept> {
  const given = new Map<string, { kept: Kept; until: number }>()
  return {
    give(kept) {
      const code = randomBytes(bytes).toString('hex')
      given.set(code, { kept, until: now() + life })
      return code
    },
    take(code) {
      const found = given.get(code)
      given.delete(code)
      return found && found.until > now() ? found.kept : undefined
    },
  }
}
