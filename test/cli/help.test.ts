import { describe, expect, it } from '@jest/globals'
import type { Command } from 'commander'
import { program } from '../../src/cli/main.ts'

const commands = (command: Command, name: string): [string, Command][] => [
  [name, command],
  ...command.commands.flatMap((sub) => commands(sub, `${name} ${sub.name()}`)),
]

const all = commands(program(), 'guardpost')

describe('the help', () => {
  it('knows these commands', () => {
    expect(all.map(([name]) => name)).toEqual([
      'guardpost',
      'guardpost start',
      'guardpost demo',
      'guardpost connect',
      'guardpost import',
      'guardpost import turbot',
      'guardpost resources',
      'guardpost resources list',
      'guardpost resources show',
      'guardpost resources diff',
      'guardpost controls',
      'guardpost controls list',
      'guardpost controls show',
      'guardpost controls run',
      'guardpost controls mute',
      'guardpost controls unmute',
      'guardpost activities',
      'guardpost report',
      'guardpost query',
      'guardpost policies',
      'guardpost policies list',
      'guardpost policies get',
      'guardpost policies set',
      'guardpost policies unset',
      'guardpost plan',
      'guardpost folders',
      'guardpost folders list',
      'guardpost folders create',
      'guardpost folders rename',
      'guardpost folders move',
      'guardpost folders delete',
      'guardpost folders put',
      'guardpost packs',
      'guardpost packs list',
      'guardpost packs show',
      'guardpost packs create',
      'guardpost packs set',
      'guardpost packs unset',
      'guardpost packs delete',
      'guardpost packs attach',
      'guardpost packs detach',
      'guardpost packs order',
      'guardpost exceptions',
      'guardpost enforcement',
      'guardpost enforcement list',
      'guardpost enforcement waiting',
      'guardpost enforcement plan',
      'guardpost enforcement confirm',
      'guardpost enforcement release',
      'guardpost enforcement stop',
      'guardpost enforcement resume',
      'guardpost doctor',
      'guardpost discover',
      'guardpost deliveries',
      'guardpost deliveries list',
      'guardpost deliveries show',
      'guardpost deliveries replay',
      'guardpost deliveries recover',
      'guardpost jobs',
      'guardpost jobs list',
      'guardpost jobs replay',
      'guardpost backup',
      'guardpost people',
      'guardpost people list',
      'guardpost people add',
      'guardpost people reset-password',
      'guardpost remove',
      'guardpost completion',
    ])
  })

  it.each(all)('of %s has an example of it', (name, command) => {
    const help = helpOf(command)
    const [, examples = ''] = help.split(/^Examples?:$/m)
    expect(examples).toContain(`  ${name.replace(/ list$/, '')}`)
  })

  it('has examples whose options there are', () => {
    for (const [name, command] of all)
      for (const [option] of (helpOf(command).split(/^Examples?:$/m)[1] ?? '').matchAll(/--[a-z-]+/g))
        expect({ name, options: optionsBelow(command) }).toEqual({
          name,
          options: expect.arrayContaining([option]),
        })
  })

  it.each(
    all.filter(
      ([name, { commands }]) => commands.length === 0 && !['guardpost start', 'guardpost completion'].includes(name),
    ),
  )('of %s has --json', (_, command) => {
    expect(command.options.map(({ long }) => long)).toContain('--json')
  })
})

const optionsBelow = (command: Command): (string | undefined)[] => [
  ...command.options.map(({ long }) => long),
  ...command.commands.flatMap(optionsBelow),
]

function helpOf(command: Command): string {
  let said = ''
  command.configureOutput({ writeOut: (text) => (said += text) }).outputHelp()
  return said
}
