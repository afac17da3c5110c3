import Table from 'cli-table3'

/** A table for people, or JSON for programs. */
export interface Listing<Row> {
  readonly rows: readonly Row[]
  readonly columns: Readonly<Record<string, (row: Row) => string>>
  /** Said instead of an empty table. */
  readonly empty: string
}

const borderless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

export function print<Row>({ rows, columns, empty }: Listing<Row>, asJson: boolean | undefined): void {
  if (asJson) {
    printJson(rows)
    return
  }
  if (rows.length === 0) {
    console.log(empty)
    return
  }
  const table = new Table({
    head: Object.keys(columns).map((name) => name.toUpperCase()),
    chars: borderless,
    style: { head: [], 'padding-left': 0, 'padding-right': 0 },
  })
  table.push(...rows.map((row) => Object.values(columns).map((cell) => cell(row))))
  console.log(table.toString().replaceAll(/ +$/gm, ''))
}

export const printJson = (value: unknown): void => console.log(JSON.stringify(value, null, 2))

/** To the second, UTC. */
export const moment = (time: number | null): string =>
  time === null
    ? 'never'
    : new Date(time)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, 'Z')

/** Every line indented, the first by a sign of the same width. */
export const indented = (text: string, first: string): string =>
  text
    .split('\n')
    .map((line, index) => `${index === 0 ? first : ' '.repeat(first.length)}${line}`)
    .join('\n')
