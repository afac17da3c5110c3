import { nearest } from './nearest.ts'

/** What the values of a term may be: any text, an id, `true` or `false`, or one of a list (in any case of letters). */
type TermKind = 'text' | 'id' | 'flag' | readonly string[]

/** The terms that a list knows, by name. */
export type Terms = Readonly<Record<string, TermKind>>

/** A text that must be found, or must not. */
interface Word {
  readonly text: string
  readonly isNot: boolean
}

/** `name:value`: any of the values, or none of them. */
interface Term {
  readonly name: string
  readonly values: readonly string[]
  readonly isNot: boolean
}

/** What a list is narrowed by: all of it must hold. */
export interface Filter {
  readonly words: readonly Word[]
  readonly terms: readonly Term[]
}

export type Parsed = { readonly filter: Filter } | { readonly fault: string }

/** Each is looked for in every row. */
const mostWords = 10
const mostValues = 50

/**
 * Reads `state:alarm type:"GitHub > Repository > CMDB" web -name:"a, b",c`: terms and words that must all hold; several
 * values of a term, by commas or by naming it again, mean any of them; a minus in front negates. Quotes hold together what
 * has spaces, commas or colons; a quote within them is written `\"`. Never throws; a fault says what would be right.
 */
export function parseFilter(text: string, terms: Terms): Parsed {
  const words: Word[] = []
  const found = new Map<string, { name: string; values: Set<string>; isNot: boolean }>()
  for (const { isNot, name, values } of tokensOf(text)) {
    if (name === null) {
      words.push(...values.filter((value) => value !== '').map((value) => ({ text: value, isNot })))
      continue
    }
    const kind = Object.hasOwn(terms, name) ? terms[name] : undefined
    if (kind === undefined) return { fault: unknownTerm(name, Object.keys(terms)) }
    const key = `${isNot ? '-' : ''}${name}`
    const term = found.get(key) ?? { name, values: new Set<string>(), isNot }
    for (const value of values) {
      const checked = check(name, kind, value)
      if ('fault' in checked) return checked
      term.values.add(checked.value)
    }
    found.set(key, term)
    if (term.values.size > mostValues) return { fault: `\`${name}:\` takes no more than ${mostValues} values.` }
  }
  if (words.length > mostWords) return { fault: `No more than ${mostWords} words can be looked for at once.` }
  return { filter: { words, terms: [...found.values()].map((term) => ({ ...term, values: [...term.values] })) } }
}

const unknownTerm = (name: string, known: readonly string[]): string =>
  `There is no term \`${name}:\` here. Did you mean \`${nearest(name, known)}:\`? ` +
  `Known: ${known.map((each) => `\`${each}:\``).join(', ')}. To look for the text itself, put it in quotes.`

function check(name: string, kind: TermKind, value: string): { value: string } | { fault: string } {
  if (value === '') return { fault: `\`${name}:\` needs a value right after the colon.` }
  if (kind === 'text') return { value }
  if (kind === 'id')
    return /^[1-9]\d{0,14}$/.test(value)
      ? { value }
      : { fault: `\`${name}:\` takes the number of one, e.g. \`${name}:5\`.` }
  const choices = kind === 'flag' ? ['true', 'false'] : kind
  const known = choices.find((choice) => choice.toLowerCase() === value.toLowerCase())
  if (known !== undefined) return { value: known }
  return {
    fault: `\`${name}:\` knows no “${value}”. Did you mean “${nearest(value, choices)}”? Known: ${choices.join(', ')}.`,
  }
}

interface Token {
  readonly isNot: boolean
  /** Null: words. */
  readonly name: string | null
  readonly values: readonly string[]
}

const opening = /(-?)(?:([a-z][a-z-]*):)?/iy
const quoted = /"((?:[^"\\]|\\.)*)(?:"|$)/suy
const bareValue = /[^\s",]+/uy
const bareWord = /[^\s"]+/uy

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    return match
  }
  const value = (bare: RegExp): string => {
    const inQuotes = take(quoted)
    return inQuotes ? (inQuotes[1] ?? '').replaceAll(/\\(.)/gsu, '$1') : (take(bare)?.[0] ?? '')
  }
  while (take(/\s*/uy) && at < text.length) {
    const start = at
    const [, minus, name] = take(opening) ?? []
    const isTerm = name !== undefined
    const values = [value(isTerm ? bareValue : bareWord)]
    while (isTerm && take(/,/uy)) values.push(value(bareValue))
    tokens.push({ isNot: minus === '-', name: isTerm ? name.toLowerCase() : null, values })
    // Whatever is written moves it on, e.g. a lone backslash that no pattern takes.
    if (at === start) at++
  }
  return tokens
}
