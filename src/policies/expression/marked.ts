/** A place in a text, from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** The line of a text with a caret under the place. Tabs stay tabs, so that the caret stands where it should. */
export function marked(text: string, { line, column }: Place): string {
  const shown = text.split('\n')[line - 1] ?? ''
  return `${shown}\n${shown.slice(0, column - 1).replaceAll(/[^\t]/g, ' ')}^`
}
