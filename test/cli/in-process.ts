import { Readable } from 'node:stream'
import { jest } from '@jest/globals'
import { main } from '../../src/cli/main.ts'
import type { Ran } from './guardpost.ts'

/** Runs a command in this process, which takes a fraction of the time, on an environment of nothing but `env`. */
export async function inProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<Ran> {
  const before = process.env
  const status = process.exitCode
  const said = { stdout: '', stderr: '' }
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(hear('stdout')),
    jest.spyOn(process.stderr, 'write').mockImplementation(hear('stderr')),
    jest.spyOn(console, 'log').mockImplementation((line) => void hear('stdout')(`${line}\n`)),
    jest.spyOn(console, 'error').mockImplementation((line) => void hear('stderr')(`${line}\n`)),
    jest.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([input]) as typeof process.stdin),
  ]
  process.env = { ...env }
  process.exitCode = undefined
  try {
    return { status: await main([process.execPath, 'guardpost', ...args]), ...said }
  } finally {
    process.env = before
    process.exitCode = status
    for (const spy of spies) spy.mockRestore()
  }

  function hear(stream: keyof typeof said) {
    return (text: string | Uint8Array) => {
      said[stream] += text
      return true
    }
  }
}
