import type { FileFault, SourceFile } from '../../model/policy-file.ts'
import type { PolicyFiles } from './content.ts'
import { contentOf } from './content-of.ts'
import { faultAt } from './fault-at.ts'
import { limits } from './limits.ts'
import { type Known, meaningFaults } from './meaning.ts'
import { twice } from './twice.ts'

/** Files that cannot be followed. Nothing of them counts: half of what somebody meant is not what they meant. */
export class FaultyFiles extends Error {
  /** In the order of the files; of very many the first. */
  readonly faults: readonly FileFault[]

  constructor(faults: readonly FileFault[]) {
    super(`The policy files have ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}.`)
    this.faults = faults
  }
}

/** What the policy files of an organization say together. Throws `FaultyFiles` where any of it cannot be followed. */
export function parsePolicyFiles(files: readonly SourceFile[], known: Known): PolicyFiles {
  const faults: FileFault[] = []
  const read = tooMuch(files) ?? files.map(contentOf)
  const said = together(read.filter((content) => 'settings' in content))
  for (const fault of all(read, said, known)) if (faults.push(fault) === limits.faults) break
  if (faults.length > 0) throw new FaultyFiles(faults.toSorted(byPlace))
  return said
}

type Read = PolicyFiles | readonly FileFault[]

/** Looked for one after another, as long as anybody wants more. */
function* all(read: readonly Read[], said: PolicyFiles, known: Known): Iterable<FileFault> {
  for (const content of read) if (!('settings' in content)) yield* content
  yield* twice(said)
  yield* meaningFaults(said, known)
}

function tooMuch(files: readonly SourceFile[]): readonly Read[] | null {
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  const first = { file: files[0]?.path ?? '', line: 1, column: 1 }
  if (files.length > limits.files)
    return [[faultAt(first, `There are ${files.length} policy files; no more than ${limits.files} are taken.`)]]
  if (files.length > 1 && bytes > limits.allBytes)
    return [[faultAt(first, `The policy files are larger than ${limits.allBytes / 1024} KiB together.`)]]
  return null
}

const together = (contents: readonly PolicyFiles[]): PolicyFiles => ({
  settings: contents.flatMap(({ settings }) => settings),
  packs: contents.flatMap(({ packs }) => packs),
  attachments: contents.flatMap(({ attachments }) => attachments),
})

const byPlace = (one: FileFault, other: FileFault): number =>
  one.file.localeCompare(other.file) || one.line - other.line || one.column - other.column
