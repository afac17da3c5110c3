import { Cursor } from './cursor.ts'
import { readValue } from './read-value.ts'
import type { Block, Body, Value } from './value.ts'

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy

/** Reads a file of HCL, such as Terraform's. Throws `HclFault` with the line. */
export function readHcl(text: string): Body {
  return readBody(new Cursor(text.replace(/^\uFEFF/, '')), true)
}

function readBody(cursor: Cursor, isFile: boolean): Body {
  const attributes = new Map<string, Value>()
  const blocks: Block[] = []
  for (;;) {
    cursor.skip(true)
    if (isFile ? cursor.isAtEnd : cursor.pass('}')) return { attributes, blocks }
    const { line } = cursor
    const name = cursor.take(identifier)?.[0]
    if (name === undefined) throw cursor.fault(isFile ? 'A name is missing' : '`}` is missing')
    cursor.skip(false)
    if (cursor.take(/=(?!=)/y)) {
      if (attributes.has(name)) throw cursor.fault(`\`${name}\` is given twice`)
      attributes.set(name, readValue(cursor, false))
    } else blocks.push(readBlock(cursor, name, line))
    cursor.skip(false)
    if (!cursor.isAtEnd && !cursor.isAt('\n') && !cursor.isAt('}')) throw cursor.fault('The line should end')
  }
}

function readBlock(cursor: Cursor, type: string, line: number): Block {
  const labels: string[] = []
  while (!cursor.pass('{')) {
    const label = cursor.take(identifier)?.[0] ?? cursor.take(/"((?:[^"\\\n]|\\.)*)"/y)?.[1]
    if (label === undefined) throw cursor.fault(`\`=\` or \`{\` should follow \`${type}\``)
    labels.push(label)
    cursor.skip(false)
  }
  return cursor.within(() => ({ type, labels, line, ...readBody(cursor, false) }))
}
