import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { argon2id } from 'hash-wasm'
import { Hono } from 'hono'
import { pino } from 'pino'
import type { Store } from '../../../src/model/store.ts'
import type { ApiEnv } from '../../../src/server/api/visitor.ts'
import { createAccess } from '../../../src/server/sign-in/access.ts'
import { makeFirstAdministrator } from '../../../src/server/sign-in/first-administrator.ts'
import { storeAt } from '../../store/test-store.ts'
import { type Browser, browser } from './browser.ts'

export interface Door {
  readonly store: Store
  /** Where we say that we are reached. */
  readonly url: string
  readonly address: string
  /** All that was logged. */
  readonly log: () => string
  /** The one-time password of `admin`. */
  readonly password: string
  browser(): Browser
  /** A browser in which a local person is signed in, whose password is `ownPassword` now. */
  signedIn(login?: string): Promise<Browser>
  /** So many milliseconds go by. */
  pass(milliseconds: number): void
  close(): Promise<void>
}

export const ownPassword = 'correct horse battery'

/** Of so little cost that tests are quick: how costly a hash is stands in it. */
const quickHash = () =>
  argon2id({
    password: ownPassword,
    salt: 'salt of tests',
    memorySize: 8,
    iterations: 1,
    parallelism: 1,
    hashLength: 32,
    outputType: 'encoded',
  })

/** The sign-in over real HTTP, with a clock that stands still, and behind it one page that needs a visitor: `/api/v1/visitor`. */
export async function door({ url = 'https://guardpost.example' } = {}): Promise<Door> {
  let now = Date.UTC(2030, 0, 1)
  const clock = () => now
  const store = await storeAt(':memory:', clock)
  const lines: string[] = []
  const stream = new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) })
  const access = createAccess({
    store,
    clients: { readerFor: async () => null },
    clock,
    log: pino({ level: 'trace' }, stream),
    url,
    github: null,
  })
  const app = new Hono<ApiEnv>()
  app.use(access.headers)
  app.use('/api/v1/*', access.guard)
  app.route('/api/v1', access.api)
  app.all('/api/v1/visitor', async (context) => context.json(await access.visitorOf(context)))
  const server = createServer(getRequestListener(app.fetch))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const made = await makeFirstAdministrator({ store, clock })
  return {
    store,
    url,
    address,
    log: () => lines.join(''),
    password: made?.password ?? '',
    browser: () => browser(address, url),
    signedIn: async (login = 'admin') => {
      const [person] = await store.people.named('local', login)
      await store.people.setPassword(person?.id ?? 0, await quickHash(), false)
      const one = browser(address, url)
      await one.signIn(login, ownPassword)
      return one
    },
    pass: (milliseconds) => {
      now += milliseconds
    },
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await store.close()
    },
  }
}
