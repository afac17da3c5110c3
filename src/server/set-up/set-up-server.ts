import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { door } from './door.ts'
import { setUpSite } from './site.ts'
import { type SetUpMeans, setUpWork } from './work.ts'

export interface SetUpServer {
  /** Where a browser on this machine begins, with the one-time code in it. */
  readonly address: string
  /** Resolves when there is nothing left to set up. */
  readonly done: Promise<void>
  close(): Promise<void>
}

/** Serves the pages of set-up, to this machine only. */
export async function startSetUp(means: SetUpMeans, port: number): Promise<SetUpServer> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const own = door(Date.now)
  const work = await setUpWork(means, own.state, resolve)
  const script = await readFile(new URL('./follow.js', import.meta.url), 'utf8')
  const server = createServer(getRequestListener(setUpSite(own, work, script).fetch))
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/set-up?code=${own.code}`,
    done: promise,
    close: () => {
      work.stop()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), grace).unref()
      return closed
    },
  }
}

/** How long an answer that is under way may take, in milliseconds. */
const grace = 1_000
