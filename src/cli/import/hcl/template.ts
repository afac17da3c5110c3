import { Cursor } from './cursor.ts'
import type { Value } from './value.ts'

/** Reads a value; handed in, since values hold templates and templates values. */
type ReadValue = (cursor: Cursor, lines: boolean) => Value

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
])

/** Text in quotes, of which the first was passed. */
export function quoted(cursor: Cursor, readValue: ReadValue): Value {
  const start = cursor.at
  const parts = new Parts(cursor.line)
  while (!cursor.pass('"')) {
    if (cursor.isAtEnd || cursor.isAt('\n')) throw cursor.fault('A text does not end in its line')
    if (cursor.pass('\\')) parts.text(escaped(cursor))
    else part(cursor, parts, readValue)
  }
  return parts.value(cursor.text.slice(start - 1, cursor.at))
}

function escaped(cursor: Cursor): string {
  const code = cursor.take(/u([0-9a-fA-F]{4})|U(00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})/y)
  if (code) return String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? '', 16))
  const letter = cursor.take(/[nrt"\\]/y)
  if (!letter) throw cursor.fault('There is no such escape')
  return escapes.get(letter[0]) ?? ''
}

/** A text of several lines, at its `<<`. With `<<-` the lines lose the indentation they share. */
export function heredoc(cursor: Cursor, readValue: ReadValue): Value {
  const head = cursor.take(/<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy)
  if (!head) throw cursor.fault('A name should follow `<<`, and nothing that')
  const first = cursor.line
  const lines: string[] = []
  for (;;) {
    if (cursor.isAtEnd) throw cursor.fault(`A line with \`${head[2]}\` alone is missing`)
    const line = cursor.take(/[^\n]*/y)?.[0].replace(/\r$/, '') ?? ''
    if (line.trim() === head[2]) break
    lines.push(line)
    cursor.pass('\n')
  }
  const inner = new Cursor((head[1] ? flush(lines) : lines).map((line) => `${line}\n`).join(''), first)
  const parts = new Parts(first)
  while (!inner.isAtEnd) part(inner, parts, readValue)
  return parts.value(inner.text)
}

function flush(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0)
  return lines.map((line) => line.slice(Math.min(...indents)))
}

/** The next of text, of `${…}` or of `%{…}`. */
function part(cursor: Cursor, parts: Parts, readValue: ReadValue): void {
  const plain = cursor.take(/(?:[^"\\$%\n]|[$%](?!\{|[$%]\{))+/y) ?? cursor.take(/\$\$\{|%%\{/y)
  if (plain) parts.text(plain[0].replace(/^([$%])\1\{$/, '$1{'))
  else if (cursor.take(/\$\{~?/y)) interpolation(cursor, parts, readValue)
  else if (cursor.pass('%{')) {
    parts.isComputed = true
    if (!cursor.take(/[^}"]*\}/y)) throw cursor.fault('`}` is missing')
  }
  // In a heredoc these are text like any other.
  else parts.text(cursor.take(/[\s\S]/y)?.[0] ?? '')
}

/** The spaces that a `~` takes away are left to Terraform. */
function interpolation(cursor: Cursor, parts: Parts, readValue: ReadValue): void {
  const isTrimming = cursor.text[cursor.at - 1] === '~'
  parts.add(cursor.within(() => readValue(cursor, true)))
  cursor.skip(true)
  const isTrimmingAfter = cursor.pass('~')
  if (isTrimming || isTrimmingAfter) parts.isComputed = true
  cursor.expect('}')
}

/** What a template is made of, texts side by side made one. */
class Parts {
  isComputed = false
  readonly #line: number
  readonly #parts: Value[] = []
  #text = ''

  constructor(line: number) {
    this.#line = line
  }

  text(more: string): void {
    this.#text += more
  }

  add(value: Value): void {
    this.#end()
    this.#parts.push(value)
  }

  /** A value alone is itself, not the text of it. */
  value(text: string): Value {
    const line = this.#line
    if (this.isComputed) return { kind: 'computed', text, line }
    if (this.#parts.length === 0) return { kind: 'literal', value: this.#text, line }
    this.#end()
    const [only] = this.#parts
    return this.#parts.length === 1 && only ? only : { kind: 'template', parts: this.#parts, line }
  }

  #end(): void {
    if (this.#text !== '') this.#parts.push({ kind: 'literal', value: this.#text, line: this.#line })
    this.#text = ''
  }
}
