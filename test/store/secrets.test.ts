import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { sealerWith } from '../../src/store/sealed.ts'
import { readSecretKey } from '../../src/store/secret-key.ts'
import { openStore } from '../../src/store/store.ts'
import { newConnection, openTestStore, secretKey, testFolders } from './test-store.ts'

const folders = testFolders()
afterAll(folders.removeAll)

describe('a sealed secret', () => {
  const sealer = sealerWith(secretKey)

  it('opens under its key and name, and looks different each time', () => {
    const sealed = sealer.seal('hook:h1', 'sécret')
    expect(sealer.unseal('hook:h1', sealed)).toBe('sécret')
    expect(sealer.seal('hook:h1', 'sécret')).not.toEqual(sealed)
    expect(sealed[0]).toBe(1)
  })

  it('does not open after any of its bytes was changed', () => {
    const sealed = sealer.seal('hook:h1', 's')
    for (const index of sealed.keys()) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(sealed.readUInt8(index) ^ 1, index)
      expect(() => sealer.unseal('hook:h1', changed)).toThrow('The secret hook:h1 does not open')
    }
    expect(() => sealer.unseal('hook:h1', sealed.subarray(0, 9))).toThrow('does not open')
  })

  it('does not open in another place or under another key', () => {
    const sealed = sealer.seal('hook:h1', 's')
    expect(() => sealer.unseal('hook:h2', sealed)).toThrow('does not open')
    expect(() => sealerWith(Buffer.alloc(32, 8)).unseal('hook:h1', sealed)).toThrow('GUARDPOST_SECRET_KEY')
  })
})

describe('secrets in the store', () => {
  it('stand in none of its files', async () => {
    const folder = folders.make()
    const store = await openTestStore(join(folder, 'g.db'))
    await store.connections.save(newConnection(1), 10)
    await store.connections.setToken(1, 'ghp_TopSecretToken')
    await store.hooks.make({ id: 'h1', connectionId: 1, secret: 'TopSecretHook', createdAt: 1 })
    const bytes = () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
    expect(bytes().includes('org-1')).toBe(true)
    expect(bytes().includes('TopSecret')).toBe(false)
    await store.close()
    expect(bytes().includes('org-1')).toBe(true)
    expect(bytes().includes('TopSecret')).toBe(false)
  })

  it('are refused at the start under another key, even where there are none yet', async () => {
    const file = join(folders.make(), 'g.db')
    await (await openTestStore(file)).close()
    const opened = openStore({ file, secretKey: Buffer.alloc(32, 8), clock: () => 1, types: [] })
    await expect(opened).rejects.toThrow('The secret key is not the one this database was made with')
    await (await openTestStore(file)).close()
  })
})

describe('readSecretKey', () => {
  const file = () => join(folders.make(), 'keys', 'secret.key')

  it.each([
    ['base64', Buffer.alloc(32, 9).toString('base64')],
    ['hexadecimal digits', '09'.repeat(32)],
    ['base64 with a line end', `${Buffer.alloc(32, 9).toString('base64')}\n`],
  ])('takes the key from the environment: %s', async (_, fromEnvironment) => {
    expect(await readSecretKey({ fromEnvironment, file: file() })).toEqual({
      key: Buffer.alloc(32, 9),
      from: 'environment',
      made: false,
    })
  })

  it.each(['correct horse battery staple', '09'.repeat(31), `${'A'.repeat(44)}=`])(
    'refuses what is no key, says how to make one, and does not repeat it: %s',
    async (fromEnvironment) => {
      const { message } = await readSecretKey({ fromEnvironment, file: file() }).catch((error) => error)
      expect(message).toContain('GUARDPOST_SECRET_KEY does not hold a key')
      expect(message).toContain('openssl rand -base64 32')
      expect(message).not.toContain(fromEnvironment)
    },
  )

  it.each([undefined, ''])(
    'makes a key file on the first start and reads it on the next (%p)',
    async (fromEnvironment) => {
      const place = file()
      const first = await readSecretKey({ fromEnvironment, file: place })
      expect(first).toMatchObject({ from: place, made: true })
      expect(first.key).toHaveLength(32)
      expect(statSync(place).mode & 0o777).toBe(0o600)
      expect(readdirSync(join(place, '..'))).toEqual(['secret.key'])
      expect(await readSecretKey({ fromEnvironment, file: place })).toEqual({ ...first, made: false })
    },
  )

  it('makes one key where two start at once', async () => {
    const places = { fromEnvironment: undefined, file: file() }
    const [one, two] = await Promise.all([readSecretKey(places), readSecretKey(places)])
    expect(one.key).toEqual(two.key)
    expect([one.made, two.made].filter(Boolean)).toHaveLength(1)
  })

  it('refuses a broken key file rather than replace it', async () => {
    const place = join(folders.make(), 'secret.key')
    writeFileSync(place, '')
    await expect(readSecretKey({ fromEnvironment: undefined, file: place })).rejects.toThrow(
      `The key file ${place} does not hold a key`,
    )
  })
})
