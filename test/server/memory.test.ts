import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { expect, it } from '@jest/globals'
import { startProcess } from '../crash/server-process.ts'
import { appPath, headersOf, post } from './requests.ts'

const megabyte = 1024 * 1024
const large = Buffer.alloc(26 * megabyte, ' ')

interface Stranger {
  /** A status, or the error's code; `waits` while everything was taken and more is awaited. */
  readonly outcome: number | string
  leave(): void
}

/** Sends so much of a body, and resolves when it is sent or refused; `promised` is its Content-Length, null: chunked. */
function stranger(address: string, sent: number, promised: number | null): Promise<Stranger> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', ...(promised && { 'content-length': String(promised) }) }
    const asked = request(`${address}${appPath}`, { method: 'POST', headers, agent: false })
    let outcome: number | string = 'waits'
    const stand: Stranger = {
      get outcome() {
        return outcome
      },
      leave: () => asked.destroy(),
    }
    asked.on('response', (response) => {
      response.on('error', () => {}).resume()
      outcome = response.statusCode ?? 0
      resolve(stand)
    })
    asked.on('error', (error) => {
      if (outcome === 'waits') outcome = 'code' in error ? String(error.code) : error.message
      resolve(stand)
    })
    asked.write(large.subarray(0, sent), (error) => {
      if (!error && sent !== promised) resolve(stand)
    })
  })
}

/** In MB. */
const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

// The kernel tells the highest memory that a process ever had; elsewhere than on Linux nobody does.
const onLinux = existsSync('/proc/self/status') ? it : it.skip

onLinux(
  'stays small while 60 strangers send what they may at once, and serves GitHub meanwhile',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guardpost-'))
    const secret = 'the secret of the App'
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const server = await startProcess({
      APP_ID: '1',
      PRIVATE_KEY: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      WEBHOOK_SECRET: secret,
      GHE_HOST: '127.0.0.1:1',
      GHE_PROTOCOL: 'http',
      GUARDPOST_SECRET_KEY: 'ab'.repeat(32),
      DATABASE_URL: `file:${join(folder, 'guardpost.sqlite')}`,
    })
    const crowd = (size: number, sent: number, promised: number | null) =>
      Promise.all(Array.from({ length: size }, () => stranger(server.address, sent, promised)))
    const deliver = async () => {
      const body = '{"action":"created"}'
      return (await post(server.address, appPath, body, headersOf(secret, 'star', randomUUID(), body))).status
    }
    try {
      const refused = await crowd(60, 26 * megabyte, 26 * megabyte)
      for (const { outcome } of refused) expect([413, 'ECONNRESET', 'EPIPE']).toContain(outcome)

      const waiting = [...(await crowd(30, 24 * megabyte, 25 * megabyte)), ...(await crowd(30, 24 * megabyte, null))]
      expect(await deliver()).toBe(202)
      // What is sent may lie in the kernel yet, on a machine that does other work besides.
      for (let looks = 0; looks < 100 && !waiting.some(({ outcome }) => outcome === 503); looks++) await later(100)
      const outcomes = waiting.map(({ outcome }) => outcome)
      expect(outcomes).toContain('waits')
      expect(outcomes).toContain(503)
      for (const { leave } of [...refused, ...waiting]) leave()

      // Without bounds it would be 1,500 MB.
      expect(peakOf(server.pid)).toBeLessThan(500)
      expect(await deliver()).toBe(202)
    } finally {
      await server.kill()
      rmSync(folder, { recursive: true, force: true })
    }
  },
  30_000,
)
