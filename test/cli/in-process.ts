import { jest } from '@jest/globals'
import { main } from '../../src/cli/main.ts'
import type { Ran } from './guardpost.ts'

/** Runs a command in this process, which takes a fraction of the time, on an environment of nothing but `env`. */
export async function inProcess(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const before = process.env
  const said = { stdout: '', stderr: '' }
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(hear('stdout')),
    jest.spyOn(process.stderr, 'write').mockImplementation(hear('stderr')),
    jest.spyOn(console, 'log').mockImplementation((line) => void hear('stdout')(`${line}\n`)),
    jest.spyOn(console, 'error').mockImplementation((line) => void hear('stderr')(`${line}\n`)),
  ]
  process.env = { ...env }
  try {
    return { status: await main([process.execPath, 'guardpost', ...args]), ...said }
  } finally {
    process.env = before
    for (const spy of spies) spy.mockRestore()
  }

  function hear(stream: keyof typeof said) {
    return (text: string | Uint8Array) => {
      said[stream] += text
      return true
    }
  }
}
