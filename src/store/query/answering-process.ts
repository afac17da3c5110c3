import { WrongQuery } from '../../model/query.ts'
import { answer, type Question } from './answer.ts'

/** What the process says of the one question that it is asked. */
export type Answer =
  | { readonly result: ReturnType<typeof answer> }
  | { readonly wrong: Pick<WrongQuery, 'message' | 'unknown'> }
  | { readonly failure: string }

function answered(question: Question): Answer {
  try {
    return { result: answer(question) }
  } catch (error) {
    if (error instanceof WrongQuery) return { wrong: { message: error.message, unknown: error.unknown } }
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

process.once('message', (question: Question) => {
  process.send?.(answered(question), () => process.disconnect())
})
