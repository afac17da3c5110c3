import type { WriteStream } from 'node:tty'
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals'
import { spinning } from '../../src/cli/spinner.ts'

let said: string[]
beforeEach(() => {
  said = []
  // Where tests run by themselves, nobody looks at a terminal.
  const { CI: _, ...env } = process.env
  jest.replaceProperty(process, 'env', { ...env, TERM: 'xterm' })
})
afterEach(() => {
  jest.restoreAllMocks()
})

/** A terminal as far as a spinner moves about in it. */
const terminal = (isTTY: boolean) =>
  ({
    isTTY,
    columns: 80,
    write: (text: string) => said.push(text) > 0,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => said.push('cleared') > 0,
  }) as unknown as WriteStream

it('turns on a terminal while something is done, and leaves nothing there', async () => {
  expect(await spinning('Trying acme…', async () => 'done', terminal(true))).toBe('done')
  expect(said.join('')).toContain('Trying acme…')
  expect(said.lastIndexOf('cleared')).toBeGreaterThan(said.findLastIndex((each) => each.includes('Trying')))
})

it('is over also where that fails', async () => {
  const failing = () => Promise.reject(new Error('no'))
  await expect(spinning('Trying acme…', failing, terminal(true))).rejects.toThrow('no')
  expect(said.at(-1)).not.toContain('Trying')
})

it('says nothing in a pipe', async () => {
  await spinning('Trying acme…', async () => null, terminal(false))
  expect(said).toEqual([])
})
