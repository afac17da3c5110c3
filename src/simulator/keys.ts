import { generateKeyPairSync, type KeyObject } from 'node:crypto'

/** What an App signs with, and what GitHub keeps of it. */
interface Keys {
  /** PEM, PKCS #1, as GitHub's download is. */
  readonly privateKey: string
  readonly publicKey: KeyObject
}

function generate(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), publicKey }
}

/** Keys of simulators that are closed. Making one takes longer than most tests; no two Apps have one at a time. */
const spare: Keys[] = []

export interface KeyRing {
  take(): Keys
  /** Ends the use of all that were taken. */
  giveBack(): void
}

export function createKeyRing(): KeyRing {
  const lent: Keys[] = []
  return {
    take: () => {
      const keys = spare.pop() ?? generate()
      lent.push(keys)
      return keys
    },
    giveBack: () => {
      spare.push(...lent.splice(0))
    },
  }
}
