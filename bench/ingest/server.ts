import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { run } from 'probot'
import { compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { startServer } from '../../src/server/server.ts'

interface Receiver {
  readonly port: number
  /** Resolves when all that came is done, as far as it is to be done at all. */
  readonly rest?: () => Promise<void>
}

/**
 * One receiver in a process of its own, on a free port of 127.0.0.1, which it tells its parent; asked, it tells when it rests:
 * `guardpost` keeps what comes and leaves the work for later, `working` works on it meanwhile, as `guardpost start` does;
 * `probot` is Probot's own server with a handler that does nothing; `bare` checks the signature and nothing else.
 */
const kinds: Readonly<Record<string, () => Promise<Receiver>>> = {
  guardpost: () => guardpost(false),
  working: () => guardpost(true),
  probot,
  bare,
}

async function guardpost(works: boolean): Promise<Receiver> {
  const config = readConfig(process.env)
  const composed = await compose(config)
  const { port } = await startServer(composed, config)
  if (!works) return { port }
  await composed.engine.start()
  return { port, rest: () => composed.engine.idle() }
}

async function probot(): Promise<Receiver> {
  const free = createTcpServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  await new Promise((closed) => free.close(closed))
  await run((app) => void app.onAny(() => {}), { env: { ...process.env, PORT: String(port) } })
  return { port }
}

async function bare(): Promise<Receiver> {
  const secret = process.env.WEBHOOK_SECRET ?? ''
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
      const given = Buffer.from(String(request.headers['x-hub-signature-256']))
      const isSigned = given.length === expected.length && timingSafeEqual(given, expected)
      response.writeHead(isSigned ? 202 : 401).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port }
}

const receiver = await kinds[process.argv[2] ?? '']?.()
process.on('message', async () => {
  await receiver?.rest?.()
  process.send?.('at rest')
})
process.send?.({ port: receiver?.port })
process.once('SIGTERM', () => process.exit())
