import { type ChildProcess, fork } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Queries, type QueryOptions, type QueryResult, WrongQuery } from '../../model/query.ts'
import { migrations } from '../migrations/index.ts'
import type { Question } from './answer.ts'
import type { Answer } from './answering-process.ts'
import type { ViewedType } from './resource-tables.ts'
import { selectOf } from './shown-table.ts'
import { shownTables } from './shown-tables.ts'

/** As this file: TypeScript in a checkout, JavaScript in a package. */
const program = fileURLToPath(new URL(`./answering-process${extname(import.meta.url)}`, import.meta.url))

/**
 * Asks the database of a file, while it may be in use. Each question has a process of its own: SQLite cannot be stopped
 * within a thread, and only the end of a process surely gives back what it took.
 */
export function queriesOn(file: string, types: readonly ViewedType[]): Queries {
  const tables = shownTables(types)
  return {
    tables: tables.map(({ name, about, hasPast, columns }) => ({
      name,
      about,
      hasPast,
      columns: columns.map(({ name, kind, about }) => ({ name, kind, about })),
    })),
    run: (statement, { asOf, limit, timeout }: QueryOptions) =>
      ask(
        {
          file,
          statement,
          limit,
          migrations: Object.keys(migrations),
          tables: tables.map((table) => ({
            name: table.name,
            columns: table.columns.map(({ name }) => name),
            kinds: table.columns.map(({ kind }) => kind),
            select: asOf !== undefined && !table.hasPast ? null : selectOf(table, asOf),
          })),
        },
        timeout,
      ),
  }
}

/** The process is told nothing of the environment: there may be secrets in it. */
async function ask(question: Question, timeout: number): Promise<QueryResult> {
  const child = fork(program, {
    env: {},
    execArgv: ['--no-warnings'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    child.kill('SIGKILL')
  }, timeout)
  try {
    const answer = await answerOf(child, question)
    if (answer === null) throw new WrongQuery(isLate ? tooLong(timeout) : tooMuch)
    if ('wrong' in answer) throw new WrongQuery(answer.wrong.message, answer.wrong.unknown)
    if ('failure' in answer) throw new Error(`The query failed: ${answer.failure}`)
    return answer.result
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
    await ended
  }
}

const tooLong = (timeout: number): string =>
  `It took longer than ${timeout / 1_000} s. Ask for less, or allow it more time.`
const tooMuch = 'It took more memory than a query may: ask for less.'

/** Null: it ended before it answered. What it said is heard before its end is. */
const answerOf = (child: ChildProcess, question: Question): Promise<Answer | null> =>
  new Promise((resolve, reject) => {
    child.once('message', (answer) => resolve(answer as Answer))
    child.once('disconnect', () => resolve(null))
    child.once('error', reject)
    child.send(question)
  })
