import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The key that secrets in the store are sealed under, and where it came from: say the place, never the key. */
export interface SecretKey {
  /** 32 bytes. */
  readonly key: Buffer
  /** `environment`, or the path of the key file. */
  readonly from: string
  /** Whether the key file was made just now. */
  readonly made: boolean
}

const keyBytes = 32

/**
 * The key from the environment (GUARDPOST_SECRET_KEY; empty means not set), else from the key file, which is made
 * where it is not there. Throws where the given one is no key.
 */
export async function readSecretKey(places: { fromEnvironment: string | undefined; file: string }): Promise<SecretKey> {
  const given = places.fromEnvironment?.trim()
  if (given) return { key: decoded(given, 'GUARDPOST_SECRET_KEY'), from: 'environment', made: false }
  const made = !(await exists(places.file)) && (await makeKeyFile(places.file))
  const text = await readFile(places.file, 'utf8')
  return { key: decoded(text.trim(), `The key file ${places.file}`), from: places.file, made }
}

function decoded(text: string, place: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  if (/^[A-Za-z0-9+/]{43}=?$/.test(text)) return Buffer.from(text, 'base64')
  throw new Error(
    `${place} does not hold a key: it takes ${keyBytes} bytes as base64 or as 64 hexadecimal digits. ` +
      'Make one with `openssl rand -base64 32`; where secrets are kept already, restore the key they were sealed under.',
  )
}

const exists = (file: string): Promise<boolean> =>
  readFile(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )

/**
 * Written and synced under another name first, then linked into its place: nobody ever reads half a key, a crash
 * leaves none, and of two that start at once one makes the key and both use it. False: another one made it.
 */
async function makeKeyFile(file: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await writeSynced(draft, `${randomBytes(keyBytes).toString('base64')}\n`)
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
    await syncFolder(dirname(file))
  }
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Without it the new name may be lost with the power, and with it all that was sealed since. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
