import type { Kysely } from 'kysely'
import type { SetUp } from '../model/set-up.ts'
import type { SetUpStore } from '../model/store.ts'
import type { Sealer } from './sealed.ts'
import type { Database } from './tables.ts'

/** Whoever knows the channel of the proxy reads what comes by it: it is sealed as the App's secrets are. */
const names = { app: 'set-up:app', webhookProxyUrl: 'set-up:webhook-proxy-url' } as const

export function setUp(db: Kysely<Database>, sealer: Sealer): SetUpStore {
  const read = async <Part extends keyof SetUp>(part: Part): Promise<SetUp[Part] | null> => {
    const name = names[part]
    const row = await db.selectFrom('facts').select('value').where('name', '=', name).executeTakeFirst()
    return row ? JSON.parse(sealer.unseal(name, row.value)) : null
  }
  const keep = async (name: string, kept: unknown) => {
    const value = sealer.seal(name, JSON.stringify(kept))
    const fact = db.insertInto('facts').values({ name, value })
    await fact.onConflict((conflict) => conflict.column('name').doUpdateSet({ value })).execute()
  }
  return {
    read: async () => ({ app: await read('app'), webhookProxyUrl: await read('webhookProxyUrl') }),
    keep: async (change) => {
      for (const [part, name] of Object.entries(names)) {
        const kept = change[part as keyof SetUp]
        if (kept === null) await db.deleteFrom('facts').where('name', '=', name).execute()
        else if (kept !== undefined) await keep(name, kept)
      }
    },
  }
}
