import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, it } from '@jest/globals'

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
}

const built = new URL('../../dist/console/', import.meta.url)
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(new URL('manifest.json', built), 'utf8'))

/** A chunk and all that it cannot begin without. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const other of manifest[name]?.imports ?? []) withImports(other, seen)
  return seen
}

it('loads no more than 250 kB of compressed JavaScript for the first page', () => {
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? ''
  const page = Object.keys(manifest).find((name) => name.endsWith('pages/controls.tsx')) ?? ''
  const files = new Set([...withImports(entry), ...withImports(page)].map((name) => manifest[name]?.file ?? ''))
  expect(files.size).toBeGreaterThan(3)
  const bytes = [...files].map((file) => gzipSync(readFileSync(new URL(file, built))).byteLength)
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(250_000)
})
