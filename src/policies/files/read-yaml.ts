import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit, type YAMLError } from 'yaml'
import type { FileFault, Place, SourceFile } from '../../model/policy-file.ts'
import { faultAt } from './fault-at.ts'
import { limits } from './limits.ts'
import { notTaken } from './not-taken.ts'

/** What a YAML file says, and where it says it. */
export interface ReadYaml {
  readonly value: unknown
  has(path: readonly PropertyKey[]): boolean
  /** Of what lies at the path; where there is nothing, of what is nearest above it. */
  place(path: readonly PropertyKey[]): Place
  /** Of a key itself, not of what it is given. */
  keyPlace(path: readonly PropertyKey[]): Place
}

/** Reads YAML 1.2 as plain data: no tags, no aliases, no text that is longer or deeper than is taken. */
export function readYaml({ path: file, text }: SourceFile): ReadYaml | readonly FileFault[] {
  const lines = new LineCounter()
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (Buffer.byteLength(text) > limits.fileBytes)
    return [faultAt(at(0), `It is larger than ${limits.fileBytes / 1024} KiB: divide it into several files.`)]
  countLines(lines, text)
  const refused = notTaken(text)
  if (refused) return [faultAt(at(refused.offset), refused.message)]

  const document = parseDocument(text, { schema: 'core', merge: false, uniqueKeys: false, prettyErrors: false })
  const wrong = [...document.errors, ...document.warnings]
  if (wrong.length > 0) return wrong.slice(0, limits.faults).map((error) => faultAt(at(error.pos[0]), inWords(error)))
  const unwanted = unwantedIn(document, at)
  if (unwanted.length > 0) return unwanted
  return {
    value: document.toJS(),
    has: (path) => path.length === 0 || document.hasIn(path),
    place: (path) => at(offsetOf(document, path)),
    keyPlace: (path) => at(keyOffset(document, path) ?? offsetOf(document, path)),
  }
}

function countLines(lines: LineCounter, text: string): void {
  lines.addNewLine(0)
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1)
}

const words: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: "A value with a colon in it needs quotes: 'Check: Private'.",
  MULTIPLE_DOCS: 'A file holds one document: take away what follows `---`.',
  TAB_AS_INDENT: 'YAML is indented by spaces, not by tabs.',
}

const inWords = ({ code, message }: YAMLError): string => words[code] ?? `This is not YAML: ${message.slice(0, 200)}.`

/** Keys that are there twice, and keys that are no text. Numbers become the text that they were written as. */
function unwantedIn(document: Document, at: (offset: number) => Place): FileFault[] {
  const faults: FileFault[] = []
  const add = (node: unknown, message: string) => {
    if (faults.length < limits.faults) faults.push(faultAt(at((isNode(node) && node.range?.[0]) || 0), message))
  }
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'number') node.value = node.source ?? String(node.value)
    },
    Map: (_, { items }) => {
      const seen = new Set<string>()
      for (const { key } of items) {
        if (!isScalar(key) || typeof key.value === 'object') add(key, 'A key is one word of text.')
        else if (seen.has(String(key.value))) add(key, `\`${String(key.value).slice(0, 100)}\` is here already.`)
        else seen.add(String(key.value))
      }
    },
  })
  return faults
}

/** A path may go on where the document does not: what is missing is told where it should be. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function keyOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  const above = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const pair = isMap(above) ? above.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
}
