/** What cannot be read, and in which line. */
export class HclFault extends Error {
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

const spaces = /(?:[ \t]+|\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|\r(?=\n))+/y
const spacesAndLines = /(?:\s+|\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)+/y
/** Deeper than anybody nests, and shallow enough for the stack. */
const deepest = 100

/** Goes through a text of HCL. */
export class Cursor {
  readonly text: string
  at = 0
  readonly #firstLine: number
  readonly #lineEnds: readonly number[]
  #depth = 0

  constructor(text: string, firstLine = 1) {
    this.text = text
    this.#firstLine = firstLine
    this.#lineEnds = [...text.matchAll(/\n/g)].map(({ index }) => index)
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  lineOf(at: number): number {
    let [low, high] = [0, this.#lineEnds.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#lineEnds[middle] ?? at) < at) low = middle + 1
      else high = middle
    }
    return this.#firstLine + low
  }

  get line(): number {
    return this.lineOf(this.at)
  }

  isAt(word: string): boolean {
    return this.text.startsWith(word, this.at)
  }

  /** Goes past a word, if it stands here. */
  pass(word: string): boolean {
    if (!this.isAt(word)) return false
    this.at += word.length
    return true
  }

  /** Goes past what a sticky pattern finds here, and returns it. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found) this.at = pattern.lastIndex
    return found
  }

  /** Goes past spaces and comments, and past line ends where they mean nothing. */
  skip(lines: boolean): void {
    this.take(lines ? spacesAndLines : spaces)
  }

  expect(word: string): void {
    if (!this.pass(word)) throw this.fault(`\`${word}\` is missing`)
  }

  /** Reads what lies within something else. */
  within<Read>(read: () => Read): Read {
    this.#depth++
    if (this.#depth > deepest) throw this.fault(`It is nested more than ${deepest} deep`)
    try {
      return read()
    } finally {
      this.#depth--
    }
  }

  fault(message: string): HclFault {
    const rest = this.text
      .slice(this.at, this.at + 20)
      .split('\n')[0]
      ?.trimEnd()
    const where = rest ? `before \`${rest}\`` : `at the end${this.isAtEnd ? '' : ' of the line'}`
    return new HclFault(`${message} ${where}.`, this.line)
  }
}
