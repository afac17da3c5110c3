import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isPolicyFile, policyFileFolder, policyFileLimits, type SourceFile } from '../../model/policy-file.ts'
import { UsedWrongly } from '../opened.ts'

/** The policy files below a folder of this machine. What is too large is told before it is read. */
export function readPolicyFolder(folder: string): SourceFile[] {
  const paths = [
    ...namesIn(folder),
    ...namesIn(join(folder, policyFileFolder)).map((name) => `${policyFileFolder}/${name}`),
  ]
  const found = paths.filter((path) => isPolicyFile(path) && statSync(join(folder, path)).isFile()).toSorted()
  if (found.length === 0)
    throw new UsedWrongly(`There are no policy files in ${folder}: guardpost.yml, or guardpost/*.yml.`)
  return found.map((path) => ({ path, text: textOf(join(folder, path)) }))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw new UsedWrongly(`${folder} cannot be read (${code}).`)
  }
}

/** Of what is too large a little more than is taken is enough to be refused. */
function textOf(file: string): string {
  const { size } = statSync(file)
  return size > policyFileLimits.fileBytes ? ' '.repeat(policyFileLimits.fileBytes + 1) : readFileSync(file, 'utf8')
}
