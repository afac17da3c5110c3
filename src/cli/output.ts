import { styleText } from 'node:util'
import Table from 'cli-table3'
import { type ControlState, stateLabel } from '../model/control-state.ts'
import type { Json } from '../model/resource.ts'
import { clean, narrowed, wrapped } from './text.ts'

/** A table for people, or JSON for programs. */
export interface Listing<Row> {
  readonly rows: readonly Row[]
  readonly columns: Readonly<Record<string, (row: Row) => string>>
  /** Said instead of an empty table. */
  readonly empty: string
}

const gap = '  '

const borderless = {
  ...Object.fromEntries(
    ['top', 'bottom', 'left', 'mid', 'right'].flatMap((side) =>
      ['', '-mid', '-left', '-right'].map((part) => [`${side}${part}`, '']),
    ),
  ),
  middle: gap,
}

/** On a terminal the table fits its width and states have colours; elsewhere each row is one line. */
export function print<Row>({ rows, columns, empty }: Listing<Row>, asJson: boolean | undefined): void {
  if (asJson) printJson(rows)
  else if (rows.length === 0) say(empty)
  else console.log(tableOf(rows, columns))
}

function tableOf<Row>(rows: readonly Row[], columns: Listing<Row>['columns']): string {
  const table = new Table({
    head: [],
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
  const names = Object.keys(columns)
  const texts = [
    names.map((name) => name.toUpperCase()),
    ...rows.map((row) => Object.values(columns).map((cell) => clean(cell(row)))),
  ]
  const natural = names.map((_, index) => Math.max(...texts.map((cells) => cells[index]?.length ?? 0)))
  const widths = narrowed(natural, width() - gap.length * (names.length - 1))
  table.push(
    ...texts.map((cells) =>
      cells.map((cell, index) => {
        const text = wrapped(cell, widths[index] ?? 1)
        return names[index] === 'state' ? painted(text) : text
      }),
    ),
  )
  return table.toString().replaceAll(/ +$/gm, '')
}

/** Columns of the terminal; without one, no limit. */
const width = (): number => (process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY)

/** Text for people, its lines wrapped to the terminal, their indentation kept. */
export function say(text: string): void {
  console.log(wrappedLines(text))
}

/** As `say`, where the text tells why a command failed. */
export function complain(text: string): void {
  console.error(wrappedLines(text))
}

const wrappedLines = (text: string): string => text.split('\n').map(wrapLine).join('\n')

function wrapLine(line: string): string {
  const indent = /^ */.exec(line)?.[0] ?? ''
  const room = Math.max(width() - indent.length, 20)
  return wrapped(clean(line), room)
    .split('\n')
    .map((part) => indent + part)
    .join('\n')
}

const colours = {
  ok: 'green',
  alarm: 'red',
  error: 'red',
  invalid: 'yellow',
  skipped: 'gray',
  tbd: 'yellow',
} as const satisfies Record<ControlState, string>

/** Node itself leaves the colour out where NO_COLOR is set or nobody sees it. */
function painted(text: string): string {
  const state = (Object.keys(colours) as ControlState[]).find((known) => stateLabel[known] === text)
  return state ? styleText(colours[state], text) : text
}

/** A state as people read it, coloured on a terminal. */
export const stateInColour = (state: ControlState): string => painted(stateLabel[state])

/** A field's value. Null is GitHub's own answer: it has none. */
export const inWords = (value: Json | undefined): string =>
  value === null ? 'none' : value === undefined ? 'not known' : typeof value === 'string' ? value : asJson(value)

export const printJson = (value: unknown): void => console.log(asJson(value, 2))

/** Times, milliseconds inside, are written as ISO 8601 in UTC. */
const asJson = (value: unknown, indentation = 0): string =>
  JSON.stringify(value, (key, each) => (isTime(key, each) ? new Date(each).toISOString() : each), indentation)

const isTime = (key: string, value: unknown): value is number =>
  typeof value === 'number' && (key === 'at' || key === 'since' || key.endsWith('At'))

/** To the second, UTC. */
export const moment = (time: number | null): string =>
  time === null
    ? 'never'
    : new Date(time)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, 'Z')
