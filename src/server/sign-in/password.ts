import { randomBytes, randomInt } from 'node:crypto'
import { argon2id, argon2Verify } from 'hash-wasm'

/** OWASP's parameters for argon2id (Password Storage Cheat Sheet); memory in KiB. They go into each hash. */
const cost = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 }

/** A password as it is kept: a PHC string. */
export const hashed = (password: string): Promise<string> =>
  argon2id({ ...cost, password: normal(password), salt: randomBytes(16), outputType: 'encoded' })

let nobodys: Promise<string> | null = null

/** Whether it is the password. Without a hash to hold it against it takes as long, and is not. */
export async function isRight(password: string, hash: string | null): Promise<boolean> {
  nobodys ??= hashed(randomBytes(32).toString('base64'))
  const matches = await argon2Verify({ password: normal(password), hash: hash ?? (await nobodys) })
  return hash !== null && matches
}

/** Keyboards write the same letter in several ways (NIST SP 800-63B). */
const normal = (password: string): string => password.normalize('NFKC')

/** Without letters and digits that look alike: it is typed off a screen. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** 99 bits in five groups of four. */
export const oneTimePassword = (): string =>
  Array.from({ length: 5 }, () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')).join(
    '-',
  )
