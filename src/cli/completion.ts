import { Argument, Command } from 'commander'
import { bash, fish, type Words, zsh } from './completion/shells.ts'

const help = `
What it prints is read by the shell, once and for all from its own start-up file:
  bash   eval "$(guardpost completion bash)"         in ~/.bashrc
  zsh    eval "$(guardpost completion zsh)"          in ~/.zshrc, after compinit
  fish   guardpost completion fish | source          in ~/.config/fish/config.fish

Example:
  guardpost completion bash`

const shells = { bash, zsh, fish } as const

/** `guardpost completion`: what a shell needs to complete our commands and options. `root` is asked when it runs. */
export function completion(root: () => Command): Command {
  return new Command('completion')
    .addArgument(new Argument('<shell>', 'which one').choices(Object.keys(shells)))
    .description('Prints what a shell needs to complete commands and options.')
    .addHelpText('after', help)
    .action((shell: keyof typeof shells) => console.log(shells[shell](wordsOf(root()))))
}

/** What may come after each command: its subcommands, and its options with what they say. */
function wordsOf(command: Command, before: readonly string[] = []): Words[] {
  const words: Words = {
    after: before.join(' '),
    words: [
      ...command.commands.map((sub) => ({ word: sub.name(), about: sub.description() })),
      ...[...command.options].flatMap(({ long, description }) => (long ? [{ word: long, about: description }] : [])),
      { word: '--help', about: 'shows help' },
    ],
  }
  return [words, ...command.commands.flatMap((sub) => wordsOf(sub, [...before, sub.name()]))]
}
