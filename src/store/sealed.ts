import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
/** First byte of everything sealed, so that a later way of sealing can be told apart. */
const version = 1
const nonceBytes = 12
const tagBytes = 16

/**
 * Seals secrets with AES-256-GCM under one key. `identity` says whose secret it is (`hook:<id>`): it is bound in, so
 * that a sealed secret moved to another row does not open there.
 */
export interface Sealer {
  seal(identity: string, secret: string): Buffer
  /** Throws where the key is another one, or the bytes or their place were changed. */
  unseal(identity: string, sealed: Uint8Array): string
}

/** `key`: 32 bytes. */
export function sealerWith(key: Uint8Array): Sealer {
  return {
    seal: (identity, secret) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(boundIn(identity))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed])
    },
    unseal: (identity, sealed) => {
      try {
        return open(key, identity, Buffer.from(sealed))
      } catch {
        throw new Error(
          `The secret ${identity} does not open: it was sealed under another key, or changed since. Start with the ` +
            'secret key it was sealed under (GUARDPOST_SECRET_KEY or the key file), or make the secret anew.',
        )
      }
    },
  }
}

const boundIn = (identity: string): Buffer => Buffer.concat([Buffer.of(version), Buffer.from(identity, 'utf8')])

function open(key: Uint8Array, identity: string, sealed: Buffer): string {
  if (sealed[0] !== version) throw new Error('unknown version')
  const text = 1 + nonceBytes + tagBytes
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(1, 1 + nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(boundIn(identity)).setAuthTag(sealed.subarray(1 + nonceBytes, text))
  return Buffer.concat([decipher.update(sealed.subarray(text)), decipher.final()]).toString('utf8')
}
