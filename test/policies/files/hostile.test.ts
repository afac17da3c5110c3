import { expect, it } from '@jest/globals'
import { limits } from '../../../src/policies/files/limits.ts'
import { FaultyFiles, parsePolicyFiles } from '../../../src/policies/files/parse.ts'
import { known } from './known.ts'

const fill = (text: string, bytes: number = limits.fileBytes) =>
  text.repeat(Math.floor(bytes / Buffer.byteLength(text)))
const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n')
const setting = 'settings:\n  - policy: GitHub > Repository > Visibility\n    '

/** Each as large as is taken, or larger. */
const hostile: [string, string, string][] = [
  ['10 MB', fill('settings: []\n', 10 * 1024 * 1024), '1:1 It is larger than 256 KiB'],
  ['brackets without end', fill('['), '1:17 It goes deeper than 16 levels here.'],
  ['braces without end', fill('{a: '), '1:65 It goes deeper than 16 levels here.'],
  ['brackets that end', '['.repeat(10_000) + ']'.repeat(10_000), '1:17 It goes deeper'],
  ['lists in lists', fill('- '), '1:33 It goes deeper'],
  ['keys in keys', fill('? '), '1:33 It goes deeper'],
  ['levels by indentation', lines(700, (i) => `${' '.repeat(i)}a:`), '1:1 There is no key `a` here.'],
  [
    'a billion laughs',
    `a: &a [x, x]
b: &b [*a, *a]
c: &c [${fill('*b, ', 200_000)}]`,
    '1:4 Anchors (`&…`) and aliases',
  ],
  ['aliases to nothing', fill('- *x\n'), '1:3 Anchors'],
  ['code', `${setting}value: !!js/function 'function () { process.exit() }'`, '3:12 Tags (`!…`) are not taken'],
  ['tags', fill('- !a b\n'), '1:3 Tags'],
  ['a thousand unknown keys', lines(20_000, (i) => `key${i}: 1`), '1:1 There is no key `key0` here.'],
  ['one key again and again', lines(20_000, () => 'settings: []'), '2:1 `settings` is here already.'],
  ['a key as long as can be', `${fill('k')}: 1`.slice(-limits.fileBytes), '1:1 '],
  ['escapes that are none', `a: "${fill('\\u', 200_000)}"`, '1:5 This is not YAML: Invalid escape sequence'],
  ['settings without end', `settings:\n${fill('- {policy: a}\n', 200_000)}`, '2:1 More than 10000 are not taken.'],
  [
    'wrong settings without end',
    `settings:\n${lines(5_000, (i) => `- {policy: ${i}, value: b}`)}`,
    '2:12 There is no policy `0`.',
  ],
  [
    'an expression without end',
    `${setting}expression: fork${fill('+fork', 200_000)}`,
    '3:17 It is longer than 2000 characters.',
  ],
  ['a value without end', `${setting}value: ${fill('a', 200_000)}`, '3:12 It is longer than 1000 characters.'],
  [
    'a pattern without end',
    `${setting}value: Skip\n    on: { selector: { name: '${fill('*', 200_000)}' } }`,
    '4:29 It is longer',
  ],
  ['empty lines', `${fill('\n', 200_000)}a: b`, '200001:1 There is no key `a` here.'],
  ['what is not text', `settings: \u0000${'\u0007'.repeat(100_000)}`, '1:11 '],
  ['half a character', 'settings: \ud800', '1:11 '],
]

it.each(hostile)('%s: refused with a line', (_what, text, expected) => {
  const before = process.memoryUsage().rss
  let faults: FaultyFiles['faults'] = []
  try {
    parsePolicyFiles([{ path: 'guardpost.yml', text }], known)
  } catch (error) {
    if (!(error instanceof FaultyFiles)) throw error
    faults = error.faults
  }
  const [first] = faults
  expect(first && `${first.line}:${first.column} ${first.message}`).toContain(expected)
  expect(faults.length).toBeLessThanOrEqual(limits.faults)
  for (const { message } of faults) expect(message.length).toBeLessThan(1_000)
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
})

it('many files are refused, and files that are too large together', () => {
  const files = (count: number, text: string) =>
    Array.from({ length: count }, (_, i) => ({ path: `guardpost/${i}.yml`, text }))
  const first = (all: ReturnType<typeof files>) => {
    try {
      return parsePolicyFiles(all, known)
    } catch (error) {
      return error instanceof FaultyFiles ? error.faults[0]?.message : error
    }
  }
  expect(first(files(100, ''))).toEqual({ settings: [], packs: [], attachments: [] })
  expect(first(files(101, ''))).toBe('There are 101 policy files; no more than 100 are taken.')
  expect(first(files(5, fill('# a\n')))).toBe('The policy files are larger than 1024 KiB together.')
})
