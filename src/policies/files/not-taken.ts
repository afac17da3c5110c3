import { CST, Lexer } from 'yaml'
import { limits } from './limits.ts'

const opens = new Set(['flow-map-start', 'flow-seq-start'])
const closes = new Set(['flow-map-end', 'flow-seq-end'])
const compact = new Set(['seq-item-ind', 'explicit-key-ind'])
/** Signs that the lexer puts in between; they stand for nothing in the text. */
const ofLexer = new Set(['doc-mode', 'flow-error-end', 'scalar'])

const tags = 'Tags (`!…`) are not taken: everything here is plain text.'
const aliases = 'Anchors (`&…`) and aliases (`*…`) are not taken: put what repeats into a pack.'
const words: Readonly<Record<string, string>> = { tag: tags, anchor: aliases, alias: aliases }

/**
 * What YAML has and policy files have not, at its offset; null where there is nothing of it. Looked for before anything is
 * built of the text: building goes as deep, and copies as much, as the text says.
 */
export function notTaken(text: string): { readonly offset: number; readonly message: string } | null {
  let [offset, depth, inLine] = [0, 0, 0]
  let isScalar = false
  for (const token of new Lexer().lex(text)) {
    const type: string = isScalar ? '' : (CST.tokenType(token) ?? '')
    isScalar = type === 'scalar'
    if (ofLexer.has(type)) continue
    if (type === 'newline') inLine = 0
    else if (compact.has(type)) inLine++
    else if (opens.has(type)) depth++
    else if (closes.has(type)) depth--
    const message = depth + inLine > limits.depth ? `It goes deeper than ${limits.depth} levels here.` : words[type]
    if (message) return { offset, message }
    offset += token.length
  }
  return null
}
