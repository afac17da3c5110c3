import { expect, it } from '@jest/globals'
import BetterSqlite3 from 'better-sqlite3'
import { attempts } from '../../bench/fuzz-requests.ts'
import { fuzz } from '../../bench/fuzz-server.ts'
import { guarded, webhookSecret } from '../support/guarded.ts'
import { randomFrom } from '../support/random.ts'

const seed = 7

it(`keeps nothing that is not signed and breaks at nothing, of 2,000 odd requests (seed ${seed})`, async () => {
  const town = await guarded()
  town.install()
  await town.settle()
  const { store } = town.guardpost.means
  const [connection] = await store.connections.list()
  const hookSecret = 'the secret of the webhook'
  await store.hooks.make({ id: 'ours', connectionId: connection?.id ?? 0, secret: hookSecret, createdAt: 1 })
  const database = new BetterSqlite3(town.config.databaseFile, { readonly: true })
  const guids = () => database.prepare<[], string>('select guid from deliveries').pluck().all()
  const before = new Set(guids())

  const next = attempts({ appSecret: webhookSecret, hookId: 'ours', hookSecret }, randomFrom(seed))
  const { signed, violations, answers } = await fuzz(town.address, next, { count: 2_000, atOnce: 16 })
  await town.guardpost.engine.idle()
  expect(violations).toEqual([])
  expect(answers[500]).toBeUndefined()
  expect(signed.size).toBeGreaterThan(200)
  expect(
    guids()
      .filter((guid) => !before.has(guid))
      .toSorted(),
  ).toEqual([...signed].toSorted())
  database.close()
  await town.close()
}, 60_000)
