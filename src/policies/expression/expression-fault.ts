import { marked, type Place, placeOf } from './marked.ts'

/** What is wrong with an expression, and where. */
export class ExpressionFault extends Error {
  /** Without the place. */
  readonly reason: string
  readonly place: Place
  /** The line that is wrong, with a caret below. */
  readonly marked: string

  constructor(text: string, offset: number, reason: string) {
    const place = placeOf(text, offset)
    super(`Line ${place.line}, column ${place.column}: ${reason}\n${marked(text, place)}`)
    this.reason = reason
    this.place = place
    this.marked = marked(text, place)
  }
}
