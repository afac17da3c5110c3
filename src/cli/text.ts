/**
 * Text of unknown origin for a terminal, on one line: no control sequences, and nothing that turns the direction of
 * writing.
 */
export const clean = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim()

/** Broken between words into lines of at most `width` characters; a longer word is broken itself. */
export function wrapped(text: string, width: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    let rest = word
    if (line && line.length + 1 + rest.length <= width) {
      line = `${line} ${rest}`
      continue
    }
    if (line) lines.push(line)
    for (; rest.length > width; rest = rest.slice(width)) lines.push(rest.slice(0, width))
    line = rest
  }
  return [...lines, line].join('\n')
}

/** No column is made narrower than this. */
const narrowest = 8

/** Widths of columns that fit into `room` together: the widest give way, down to where all are too narrow to read. */
export function narrowed(widths: readonly number[], room: number): number[] {
  const fitting = [...widths]
  const sum = () => fitting.reduce((total, each) => total + each, 0)
  while (sum() > room) {
    const widest = Math.max(...fitting)
    if (widest <= narrowest) break
    fitting[fitting.indexOf(widest)] = widest - 1
  }
  return fitting
}

/** Every line indented, the first by a sign of the same width. */
export const indented = (text: string, first: string): string =>
  text
    .split('\n')
    .map((line, index) => (index === 0 ? first : ' '.repeat(first.length)) + line)
    .join('\n')
