import { describe, expect, it } from '@jest/globals'
import type { Command } from 'commander'
import { program } from '../../src/cli/main.ts'
import { blocksOf, documents, proseOf } from './documents.ts'

/** How documents call the program: at the beginning of a line, or after a pipe. */
const call = /(?:^|[|&] *)(?:npx |npm run -s )?guardpost (?:-- )?((?:"[^"]*"|'[^']*'|[^\s"'`|;&#<>]+| )*)/

/** Command lines in blocks for a shell, and in code spans. What the shell fills in counts as a word. */
function linesIn(text: string): string[] {
  const blocks = blocksOf(text).flatMap(({ language, text }) =>
    language === 'sh' ? text.replaceAll(/\\\n\s*/g, '').split('\n') : [],
  )
  const spans = [...proseOf(text).matchAll(/`([^`]+)`/g)].map(([, span = '']) => span)
  return [...blocks, ...spans].map((line) => line.replaceAll(/\$\([^)]*\)/g, 'filled-in'))
}

const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')

const invocations = (text: string): string[][] =>
  linesIn(text).flatMap((line) => {
    const [, said] = call.exec(line) ?? []
    return said === undefined || said.trim() === '' ? [] : [wordsOf(said)]
  })

/** What the program would refuse of these words; null: nothing. It is not run. */
function fault(words: readonly string[]): string | null {
  let command: Command = program()
  const rest = [...words]
  for (let next = find(command, rest[0]); next; next = find(command, rest[0])) {
    command = next
    rest.shift()
  }
  if (/^(…|\.\.\.|COMMAND|--help|--version)$/.test(rest[0] ?? '')) return null
  if (command.name() === 'guardpost') return `there is no command ${rest[0]}`
  return optionFault(listOf(command), rest)
}

/** Some commands list where nothing else is said. */
const listOf = (command: Command): Command => find(command, 'list') ?? command

const find = (command: Command, name = ''): Command | undefined => command.commands.find((each) => each.name() === name)

function optionFault(command: Command, rest: readonly string[]): string | null {
  let given = 0
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? ''
    if (!word.startsWith('--')) {
      given++
      continue
    }
    const option = command.options.find(({ long }) => long === word.split('=')[0])
    if (!option && word !== '--help') return `${command.name()} has no ${word}`
    if (option && (option.required || option.optional) && !word.includes('=')) index++
  }
  const { registeredArguments: taken } = command
  const isEnough = taken.some(({ variadic }) => variadic) || given <= taken.length
  return isEnough ? null : `${command.name()} takes ${taken.length} arguments, not ${given}`
}

const faultsOf = (text: string): string[] =>
  invocations(text).flatMap((words) => {
    const wrong = fault(words)
    return wrong === null ? [] : [`guardpost ${words.join(' ')}: ${wrong}`]
  })

describe('commands', () => {
  it.each(documents.map(({ file, text }) => [file, text]))('in %s are such as there are', (_file, text) => {
    expect(faultsOf(text)).toEqual([])
  })

  it('that are not are found', () => {
    const text =
      '```sh\nguardpost fly\nnpx guardpost report --colour red\nguardpost discover a b\n```\n`guardpost report --json`'
    expect(faultsOf(text)).toEqual([
      'guardpost fly: there is no command fly',
      'guardpost report --colour red: report has no --colour',
      'guardpost discover a b: discover takes 1 arguments, not 2',
    ])
  })

  it('are many', () => {
    expect(documents.flatMap(({ text }) => invocations(text)).length).toBeGreaterThan(20)
  })
})
