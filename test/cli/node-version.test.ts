import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { guardpost } from './guardpost.ts'

const pretending = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "22.17.1" } })'

/** This Node that says it is older, and each really older one on the machine. */
const oldNodes = [
  { version: '22.17.1', command: process.execPath, args: ['--import', `data:text/javascript,${pretending}`] },
  ...(process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .filter((command) => existsSync(command))
    .map((command) => ({ version: execFileSync(command, ['--version']).toString().slice(1).trim(), command, args: [] }))
    .filter(({ version }) => Number.parseFloat(version) < 22.18),
]

describe('a Node that is too old', () => {
  it.each(oldNodes)('$version is told what to do, with status 2', async ({ version, ...node }) => {
    const { status, stdout, stderr } = await guardpost(['controls'], { node })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(`Guardpost needs Node 22.18 or later; this is Node ${version}.`)
    expect(stderr).toContain('npm run demo')
  })
})
