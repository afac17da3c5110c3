import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readTree } from './support/imports.ts'

const checkout = fileURLToPath(new URL('../', import.meta.url))
const src = join(checkout, 'src')

/** A folder like an installed package: compiled code, package.json, dependencies. `scripts/check-package.ts` has a real one. */
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardpost-package-'))
  cpSync(join(checkout, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'))
  const tsc = join(checkout, 'node_modules/typescript/bin/tsc')
  const project = join(checkout, 'tsconfig.build.json')
  execFileSync(process.execPath, [tsc, '-p', project, '--noCheck', '--outDir', join(folder, 'dist')], { stdio: 'pipe' })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The console and the Action are built another way. */
const isBuiltApart = (file: string) => /^(console|action)\//.test(file)

describe('the compiled code', () => {
  it('is one file for each of the source, but the console and the Action, and nothing besides', () => {
    const compiled = Object.keys(readTree(join(folder, 'dist'))).toSorted()
    const sources = Object.keys(readTree(src)).filter((file) => !isBuiltApart(file))
    expect(compiled).toEqual(sources.map((file) => file.replace(/\.ts$/, '.js')).toSorted())
  })

  it('names no TypeScript where it runs', () => {
    const naming = Object.entries(readTree(src))
      .filter(([file]) => !isBuiltApart(file))
      .filter(([, source]) => /new URL\(\s*'[^']*\.ts'/.test(source))
    expect(naming.map(([file]) => file)).toEqual([])
  })

  it('runs', () => {
    const said = execFileSync(process.execPath, [join(folder, 'dist/cli/guardpost.js'), '--version'], { cwd: folder })
    expect(said.toString()).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
