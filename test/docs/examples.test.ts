import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from '@jest/globals'
import { blocksOf, root } from './documents.ts'

/** Where each example says that it belongs: its imports are read from there. */
const examples = blocksOf(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))
  .filter(({ language }) => language === 'ts')
  .map(({ text }) => ({ file: /^\/\/ (src\/\S+\.ts)$/m.exec(text)?.[1] ?? '', text }))

it('the examples of CONTRIBUTING.md are right TypeScript, each in its place', () => {
  expect(examples.map(({ file }) => file).filter(Boolean)).toHaveLength(examples.length)
  expect(examples.length).toBeGreaterThanOrEqual(2)
  const folder = mkdtempSync(join(tmpdir(), 'guardpost-examples-'))
  try {
    const files = examples.map(({ file, text }, index) => {
      const placed = text.replaceAll(
        /(from|import) '(\.[^']+)'/g,
        (_, word, target) => `${word} '${placeOf(file, target)}'`,
      )
      writeFileSync(join(folder, `example-${index}.ts`), placed)
      return `example-${index}.ts`
    })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.json'), include: files, exclude: [] }),
    )
    expect(compiled(folder)).toBe('')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

const placeOf = (file: string, target: string): string => new URL(target, pathToFileURL(join(root, file))).pathname

function compiled(folder: string): string {
  try {
    return execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    })
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}
