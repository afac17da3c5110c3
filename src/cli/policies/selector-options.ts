import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Selector, visibilities } from '../../model/selector.ts'
import { selectorShape } from '../../policies/selector.ts'

const yesOrNo = (option: Option): Option => option.choices(['yes', 'no']).argParser(readYesOrNo)

/** All that are given must hold. */
export const withSelector = (command: Command): Command =>
  command
    .option('--name <pattern>', 'only repositories so called; `*` stands for any letters, `?` for one')
    .option('--topic <topic>', 'only repositories with this topic')
    .addOption(
      new Option('--property <name=value>', 'only repositories with this custom property; may be repeated').argParser(
        readProperty,
      ),
    )
    .addOption(
      new Option('--visibility <visibility>', 'only such repositories; may be repeated').argParser(readVisibility),
    )
    .addOption(yesOrNo(new Option('--archived <yes|no>', 'only archived repositories, or only others')))
    .addOption(yesOrNo(new Option('--fork <yes|no>', 'only forks, or only others')))

/** Of the options of a command; null: none of them was given. */
export function selectorOf({ name, topic, property, visibility, archived, fork }: Selector): Selector | null {
  const said = selectorShape.safeParse({ name, topic, property, visibility, archived, fork })
  return said.success ? said.data : null
}

function readYesOrNo(text: string): boolean {
  if (text === 'yes' || text === 'no') return text === 'yes'
  throw new InvalidArgumentError('It takes yes or no.')
}

function readProperty(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? []
  if (name && value) return { ...before, [name]: value }
  throw new InvalidArgumentError('It takes a name and a value, as tier=gold.')
}

function readVisibility(text: string, before: readonly string[] = []): string[] {
  if (visibilities.some((each) => each === text)) return [...before, text]
  throw new InvalidArgumentError(`It takes ${visibilities.join(', ')}.`)
}
