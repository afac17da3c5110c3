import type { Cursor } from './cursor.ts'
import { heredoc, quoted } from './template.ts'
import type { Value } from './value.ts'

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*(?:::[\p{ID_Start}_][\p{ID_Continue}-]*)*/uy
const number = /\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const operator = /[=!<>]=|&&|\|\||[-+*/%<>]/y
const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

/** Reads an expression. `lines`: line ends within it mean nothing, as between brackets. */
export function readValue(cursor: Cursor, lines: boolean): Value {
  return cursor.within(() => {
    cursor.skip(lines)
    const start = cursor.at
    const first = readTerm(cursor, lines)
    let isComputed = false
    for (;;) {
      const end = cursor.at
      cursor.skip(lines)
      if (cursor.take(operator)) readTermAfter(cursor, lines)
      else if (cursor.pass('?')) readChoice(cursor, lines)
      else {
        cursor.at = end
        return isComputed ? computed(cursor, start) : first
      }
      isComputed = true
    }
  })
}

function readTermAfter(cursor: Cursor, lines: boolean): void {
  cursor.skip(lines)
  readTerm(cursor, lines)
}

function readChoice(cursor: Cursor, lines: boolean): void {
  readValue(cursor, lines)
  cursor.skip(lines)
  cursor.expect(':')
  readValue(cursor, lines)
}

const computed = (cursor: Cursor, start: number): Value => ({
  kind: 'computed',
  text: cursor.text.slice(start, cursor.at).trim(),
  line: cursor.lineOf(start),
})

function readTerm(cursor: Cursor, lines: boolean): Value {
  const start = cursor.at
  const value = readBare(cursor, lines)
  return readSteps(cursor, value, start)
}

function readBare(cursor: Cursor, lines: boolean): Value {
  const { line, at } = cursor
  if (cursor.pass('"')) return quoted(cursor, readValue)
  if (cursor.isAt('<<')) return heredoc(cursor, readValue)
  if (cursor.pass('[')) return readList(cursor, at)
  if (cursor.pass('{')) return readObject(cursor, at)
  if (cursor.pass('(')) return readGroup(cursor)
  if (cursor.take(/[-!]/y)) return negated(cursor, lines, at)
  const digits = cursor.take(number)
  if (digits) return { kind: 'literal', value: Number(digits[0]), line }
  const name = cursor.take(identifier)?.[0]
  if (name === undefined) throw cursor.fault('A value is missing')
  const word = words.get(name)
  if (word !== undefined) return { kind: 'literal', value: word, line }
  return cursor.pass('(') ? readCall(cursor, at) : { kind: 'reference', path: [name], line }
}

function negated(cursor: Cursor, lines: boolean, start: number): Value {
  const isMinus = cursor.text[start] === '-'
  cursor.skip(lines)
  const value = cursor.within(() => readTerm(cursor, lines))
  const isNumber = isMinus && value.kind === 'literal' && typeof value.value === 'number'
  return isNumber ? { ...value, value: -Number(value.value) } : computed(cursor, start)
}

function readGroup(cursor: Cursor): Value {
  const value = readValue(cursor, true)
  cursor.skip(true)
  cursor.expect(')')
  return value
}

function readCall(cursor: Cursor, start: number): Value {
  for (cursor.skip(true); !cursor.pass(')'); cursor.skip(true)) {
    readValue(cursor, true)
    cursor.skip(true)
    if (!cursor.pass('...') && !cursor.pass(',') && !cursor.isAt(')')) throw cursor.fault('`)` is missing')
  }
  return computed(cursor, start)
}

function readList(cursor: Cursor, start: number): Value {
  const line = cursor.lineOf(start)
  const items: Value[] = []
  cursor.skip(true)
  if (cursor.take(/for\b/y)) return readFor(cursor, start, ']')
  for (; !cursor.pass(']'); cursor.skip(true)) {
    items.push(readValue(cursor, true))
    cursor.skip(true)
    if (!cursor.pass(',') && !cursor.isAt(']')) throw cursor.fault('`]` is missing')
  }
  return { kind: 'list', items, line }
}

/** Entries stand in lines of their own, or behind commas. */
function readObject(cursor: Cursor, start: number): Value {
  const line = cursor.lineOf(start)
  const entries: [Value, Value][] = []
  cursor.skip(true)
  if (cursor.take(/for\b(?!\s*[=:])/y)) return readFor(cursor, start, '}')
  for (; !cursor.pass('}'); cursor.skip(true)) {
    const key = readKey(cursor)
    cursor.skip(false)
    if (!cursor.take(/=(?!=)|:/y)) throw cursor.fault('`=` is missing')
    entries.push([key, readValue(cursor, false)])
    cursor.skip(false)
    if (!cursor.take(/,|\n/y) && !cursor.isAt('}')) throw cursor.fault('`}` is missing')
  }
  return { kind: 'object', entries, line }
}

/** A bare name is the text of it. */
function readKey(cursor: Cursor): Value {
  const { line } = cursor
  const key = readTerm(cursor, false)
  return key.kind === 'reference' && key.path.length === 1 ? { kind: 'literal', value: key.path[0] ?? '', line } : key
}

/** `for key, value in list : key => value... if condition`, its first word passed. */
function readFor(cursor: Cursor, start: number, end: string): Value {
  const next = () => readValue(cursor, true)
  const passed = (pattern: RegExp) => {
    cursor.skip(true)
    return cursor.take(pattern) !== null
  }
  if (!passed(identifier) || (passed(/,/y) && !passed(identifier)) || !passed(/in\b/y))
    throw cursor.fault('`in` is missing')
  next()
  if (!passed(/:/y)) throw cursor.fault('`:` is missing')
  next()
  if (passed(/=>/y)) next()
  passed(/\.\.\./y)
  if (passed(/if\b/y)) next()
  cursor.skip(true)
  cursor.expect(end)
  return computed(cursor, start)
}

/** `.name`, `.0`, `["name"]`, `[0]`, `.*` and `[*]` behind a value. */
function readSteps(cursor: Cursor, of: Value, start: number): Value {
  let value = of
  for (;;) {
    const name = cursor.take(/\.\s*(\*|\d+|[\p{ID_Start}_][\p{ID_Continue}-]*)/uy)?.[1]
    if (name !== undefined) value = stepped(cursor, value, name === '*' ? null : name, start)
    else if (cursor.pass('[')) value = stepped(cursor, value, readIndex(cursor), start)
    else return value
  }
}

/** Null: it is not a word or a number that stands there. */
function readIndex(cursor: Cursor): string | null {
  cursor.skip(true)
  const index = cursor.pass('*') ? null : readValue(cursor, true)
  cursor.skip(true)
  cursor.expect(']')
  return index?.kind === 'literal' ? String(index.value) : null
}

const stepped = (cursor: Cursor, of: Value, step: string | null, start: number): Value =>
  of.kind === 'reference' && step !== null ? { ...of, path: [...of.path, step] } : computed(cursor, start)
