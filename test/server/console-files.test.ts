import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { consoleFiles } from '../../src/server/console-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'guardpost-console-'))
const script = 'console.log("hello")'.repeat(100)

beforeAll(() => {
  mkdirSync(join(folder, 'built', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'built', 'index.html'), '<!doctype html><title>Guardpost</title>')
  writeFileSync(join(folder, 'built', 'assets', 'index-abc123.js'), script)
  writeFileSync(join(folder, 'built', 'assets', 'notes.txt'), 'not of the console')
  writeFileSync(join(folder, 'secret.js'), 'secret')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const get = (path: string, headers: Record<string, string> = {}) =>
  consoleFiles(join(folder, 'built')).request(path, { headers })

describe('the built console', () => {
  it.each(['/', '/controls/5', '/policies/new?type=a'])(
    'is one page at every address that is no file: %s',
    async (path) => {
      const answer = await get(path)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache'])
      expect(answer.headers.get('content-type')).toBe('text/html; charset=UTF-8')
      expect(await answer.text()).toBe('<!doctype html><title>Guardpost</title>')
    },
  )

  it('has assets that browsers may keep for good', async () => {
    const answer = await get('/assets/index-abc123.js')
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'accept-encoding',
    })
    expect(await answer.text()).toBe(script)
  })

  it('gives them compressed to who takes that', async () => {
    const answer = await get('/assets/index-abc123.js', { 'accept-encoding': 'br, gzip' })
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.byteLength).toBeLessThan(200)
    expect(gunzipSync(bytes).toString()).toBe(script)
  })

  it.each([
    '/assets/gone-1.js',
    '/assets/notes.txt',
    '/assets/..%2f..%2fsecret.js',
    '/assets/%2e%2e%2findex.html',
    '/api/v1/nothing',
    '/favicon.ico',
    '//',
    '/%',
  ])('has nothing else: %s', async (path) => {
    expect((await get(path)).status).toBe(404)
  })

  it('says what to do where it was not built', async () => {
    const answer = await consoleFiles(join(folder, 'nowhere')).request('/controls')
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('npm run build')
  })
})
