import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'

/** A backup that cannot be made as it is wanted; the message says what would be right. */
export class CannotBackUp extends Error {}

/** Pages at once, between which others have their turn. */
const pagesAtOnce = 1_000

/**
 * Copies the database of `file` to a new file, as it is at one moment, while it may be in use. The copy is checked before it
 * gets its name, and only its owner can read it. Resolves to its size in bytes.
 */
export async function backUp(file: string, to: string, progress: (share: number) => void): Promise<number> {
  const partial = `${to}.partial`
  claim(to, partial)
  try {
    await copy(file, partial, progress)
    check(partial)
    if (existsSync(to)) throw alreadyThere(to)
    renameSync(partial, to)
    return statSync(to).size
  } catch (error) {
    for (const left of ['', '-journal', '-wal', '-shm']) rmSync(partial + left, { force: true })
    throw error
  }
}

/** The file is made first, so that nobody else can read it at any time. */
function claim(to: string, partial: string): void {
  if (existsSync(to)) throw alreadyThere(to)
  try {
    closeSync(openSync(partial, 'wx', 0o600))
  } catch (error) {
    const { code = 'failed' } = error as NodeJS.ErrnoException
    throw new CannotBackUp(
      code === 'EEXIST'
        ? `${partial} is there: another backup is being made, or one was cut off. Remove it if none is.`
        : `${partial} cannot be written (${code}).`,
    )
  }
}

const alreadyThere = (to: string) => new CannotBackUp(`${to} is there already: a backup overwrites nothing.`)

/** Within one transaction: else SQLite would begin anew whenever something is written meanwhile. */
async function copy(file: string, to: string, progress: (share: number) => void): Promise<void> {
  const database = new BetterSqlite3(file, { readonly: true, fileMustExist: true })
  try {
    database.exec('begin')
    database.prepare('select count(*) from sqlite_master').get()
    await database.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        progress(1 - remainingPages / totalPages)
        return pagesAtOnce
      },
    })
  } finally {
    database.close()
  }
}

/** Without WAL the copy is one file, whoever opens it; Guardpost turns WAL on again. */
function check(file: string): void {
  const database = new BetterSqlite3(file)
  try {
    database.pragma('journal_mode = delete')
    const said = database.pragma('quick_check', { simple: true })
    if (said !== 'ok') throw new Error(`The copy is damaged: ${String(said)}. Is the database itself sound?`)
  } finally {
    database.close()
  }
}
