/** What may come after some words of the command line (`policies set`; empty: after the program). */
export interface Words {
  readonly after: string
  readonly words: readonly { readonly word: string; readonly about: string }[]
}

const list = ({ words }: Words): string => words.map(({ word }) => word).join(' ')

/** The longest known beginning of what was typed decides; options between its words are passed over. */
export const bash = (all: readonly Words[]): string => `_guardpost() {
  local typed="" word known="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    [[ "$word" == -* ]] && continue
    case "\${typed:+$typed }$word" in
${all
  .filter(({ after }) => after)
  .map(({ after }) => `      "${after}") typed="${after}" ;;`)
  .join('\n')}
    esac
  done
  case "$typed" in
${all.map((words) => `    "${words.after}") known="${list(words)}" ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$known" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _guardpost guardpost`

/** zsh takes what is written for bash. */
export const zsh = (all: readonly Words[]): string => `autoload -U +X bashcompinit && bashcompinit
${bash(all)}`

export const fish = (all: readonly Words[]): string =>
  [
    'complete -c guardpost -f',
    ...all.flatMap(({ after, words }) =>
      words.map(({ word, about }) => {
        const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`
        return `complete -c guardpost -n '${conditionOf(after, words)}' ${what} -d '${quoted(about)}'`
      }),
    ),
  ].join('\n')

function conditionOf(after: string, words: Words['words']): string {
  if (!after) return '__fish_use_subcommand'
  const seen = after.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`)
  const subs = words.filter(({ word }) => !word.startsWith('--')).map(({ word }) => word)
  return [...seen, ...(subs.length > 0 ? [`not __fish_seen_subcommand_from ${subs.join(' ')}`] : [])].join('; and ')
}

const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
