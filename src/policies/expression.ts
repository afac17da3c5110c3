import type { ASTNode, EvaluationError, ParseResult } from '@marcbachmann/cel-js'
import type { PolicyAnswer, PolicyType } from '../model/policy.ts'
import type { Json } from '../model/resource.ts'
import { examine, type ReadField } from './expression/examine.ts'
import { ExpressionFault } from './expression/expression-fault.ts'
import { type Language, languageOf } from './expression/language.ts'
import { NotKnown } from './expression/view.ts'
import { fault } from './validate.ts'

/** What an expression says of one resource. */
type Worked =
  | { readonly kind: 'value'; readonly value: PolicyAnswer }
  /** A field it needs was not read yet. */
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'invalid'; readonly fault: ExpressionFault }

/** Data of the resource and of those above it, by type. */
type Lineage = ReadonlyMap<string, Readonly<Record<string, Json>>>

/** A CEL expression that answers a policy, checked and ready. */
export interface Expression {
  readonly text: string
  readonly reads: readonly ReadField[]
  /** Never throws, and takes a bounded time. */
  work(lineage: Lineage): Worked
}

const longest = 2_000
/** Expressions kept ready: an organization has some dozens. */
const mostKept = 1_000
const kept = new Map<string, Expression | ExpressionFault>()

/**
 * Readies an expression that answers a policy for resources of the type `target`. Throws `ExpressionFault` where it cannot be
 * read, names what there is not, gives what the policy does not take, or could take too long.
 */
export function compile(type: PolicyType, target: string, text: string): Expression {
  const key = `${type.path}\n${target}\n${text}`
  const ready = kept.get(key) ?? attempt(type, target, text)
  if (kept.size >= mostKept && !kept.has(key)) kept.clear()
  kept.set(key, ready)
  if (ready instanceof ExpressionFault) throw ready
  return ready
}

/** What is wrong with an expression, with the place marked; null when nothing is. */
export function expressionFault(type: PolicyType, target: string, text: string): ExpressionFault | null {
  try {
    compile(type, target, text)
    return null
  } catch (error) {
    if (error instanceof ExpressionFault) return error
    throw error
  }
}

function attempt(type: PolicyType, target: string, text: string): Expression | ExpressionFault {
  try {
    const language = languageOf(target)
    const parsed = parse(language, text)
    const reads = examine(text, parsed.ast, language)
    checkType(type, text, parsed)
    for (const leaf of leavesOf(parsed.ast)) checkLeaf(type, text, leaf)
    return { text, reads, work: (lineage) => work(type, text, language, parsed, lineage) }
  } catch (error) {
    if (error instanceof ExpressionFault) return error
    throw error
  }
}

function parse({ environment }: Language, text: string): ParseResult {
  if (text.trim() === '') throw new ExpressionFault(text, 0, 'There is nothing in it.')
  if (text.length > longest) throw new ExpressionFault(text, longest, `It is longer than ${longest} characters.`)
  try {
    return environment.parse(text)
  } catch (error) {
    throw placed(text, error)
  }
}

/** Errors of CEL say where; anything else is taken for the whole. */
function placed(text: string, error: unknown): ExpressionFault {
  const { summary, message, range } = error as Partial<EvaluationError>
  return new ExpressionFault(text, range?.start ?? 0, `${summary ?? message}`.replace(/[^.!?]$/, '$&.'))
}

function checkType({ path, kind }: PolicyType, text: string, parsed: ParseResult): void {
  const { valid, type = '', error } = parsed.check()
  if (!valid) throw placed(text, error)
  const right = kind === 'list' ? /^(dyn|list(<.*)?)$/ : /^(dyn|(dyn<)?string>?)$/
  if (right.test(type)) return
  const wanted = kind === 'list' ? 'a list of texts' : 'a text'
  throw new ExpressionFault(text, 0, `It gives ${type}, and \`${path}\` takes ${wanted}.`)
}

/** What it may come to, as far as that stands there. */
function leavesOf(node: ASTNode): ASTNode[] {
  return node.op === '?:' ? node.args.slice(1).flatMap(leavesOf) : [node]
}

function checkLeaf(type: PolicyType, text: string, leaf: ASTNode): void {
  const parts = leaf.op === 'list' ? leaf.args : [leaf]
  if (!parts.every(({ op }) => op === 'value')) return
  const values = parts.map(({ args }) => args)
  const wrong = fault(type, (leaf.op === 'list' ? values : values[0]) as PolicyAnswer)
  if (wrong) throw new ExpressionFault(text, leaf.start, wrong)
}

function work(type: PolicyType, text: string, { variables }: Language, parsed: ParseResult, lineage: Lineage): Worked {
  const context: Record<string, unknown> = {}
  for (const [name, variable] of variables) context[name] = new variable.view(lineage.get(variable.type.type) ?? {})
  try {
    const value: unknown = parsed(context)
    const wrong = isAnswer(value) ? fault(type, value) : `\`${type.path}\` takes text.`
    if (wrong === null) return { kind: 'value', value: value as PolicyAnswer }
    return { kind: 'invalid', fault: new ExpressionFault(text, 0, `It gives ${shown(value)}. ${wrong}`) }
  } catch (error) {
    if (error instanceof NotKnown) return { kind: 'unknown', reason: error.message }
    return { kind: 'invalid', fault: placed(text, error) }
  }
}

const isAnswer = (value: unknown): value is PolicyAnswer =>
  typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'))

const shown = (value: unknown): string => `“${String(value).slice(0, 100)}”`
