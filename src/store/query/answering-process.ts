import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { WrongQuery } from '../../model/query.ts'
import { answer, type Question } from './answer.ts'

/** In bytes: all that the process may take, Node's own 60 MB included. */
const mostMemory = 512 * 1024 * 1024

/** As this file: TypeScript in a checkout, JavaScript in a package. */
const memoryWatch = new URL(`./memory-watch${extname(import.meta.url)}`, import.meta.url)

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
  new Worker(memoryWatch, { workerData: { most: mostMemory } }).unref()
  process.send?.(answered(question), () => process.disconnect())
})
