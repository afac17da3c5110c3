import type { ASTNode } from '@marcbachmann/cel-js'
import { nearest } from '../../model/nearest.ts'
import type { ResourceType } from '../../model/resource-type.ts'
import { ExpressionFault } from './expression-fault.ts'
import type { Language } from './language.ts'

/** A field of a type of resource. */
export interface ReadField {
  readonly type: string
  readonly field: string
}

/** Those that go through a list, and bind a name to each of its members. */
const loops = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

/** What CEL knows and we do not offer, with the reason. */
const refused: ReadonlyMap<string, string> = new Map([
  [
    'matches',
    '`matches` is not offered: a pattern may take for ever. Use `like`, as in `resource.name.like("svc-*")`.',
  ],
  ['bind', '`cel.bind` is not offered: write the expression out.'],
])

/** The fields an expression reads. Throws `ExpressionFault` at what is unknown, or could take too long. */
export function examine(text: string, root: ASTNode, language: Language): readonly ReadField[] {
  const examination = new Examination(text, language)
  examination.look(root)
  return [...examination.reads.values()]
}

type Node<Op extends ASTNode['op']> = Extract<ASTNode, { op: Op }>

class Examination {
  readonly reads = new Map<string, ReadField>()
  readonly #text: string
  readonly #variables: Language['variables']
  /** The name that the loop we are in binds. */
  #bound: string | null = null

  constructor(text: string, { variables }: Language) {
    this.#text = text
    this.#variables = variables
  }

  look(node: ASTNode): void {
    const asked = this.#asked(node)
    if (asked) this.#field(...asked, node)
    else if (node.op === 'id') this.#name(node)
    else if (node.op === 'call') this.#call(node)
    else if (node.op === 'rcall') this.#method(node)
    else for (const each of childrenOf(node)) this.look(each)
  }

  /** The variable and its field that a node asks for: `resource.name`, or `resource["name"]`. */
  #asked(node: ASTNode): [ResourceType, string] | null {
    if (node.op !== '.' && node.op !== '[]') return null
    const [of, key] = node.args
    const type = of.op === 'id' && of.args !== this.#bound ? this.#variables.get(of.args)?.type : undefined
    const field = typeof key === 'object' && key.op === 'value' ? key.args : key
    return type && typeof field === 'string' ? [type, field] : null
  }

  #field({ type, fields }: ResourceType, field: string, node: ASTNode): void {
    const names = Object.keys(fields)
    if (names.includes(field)) this.reads.set(`${type}:${field}`, { type, field })
    else
      throw new ExpressionFault(
        this.#text,
        this.#text.indexOf(field, node.start),
        `\`${type}\` has no field \`${field}\`. Did you mean \`${nearest(field, names)}\`?`,
      )
  }

  #name(node: Node<'id'>): void {
    if (node.args === this.#bound) return
    const names = [...this.#variables.keys()]
    throw names.includes(node.args)
      ? this.#wrong(node, `Name a field of it, as in \`${node.args}.name\`.`)
      : this.#wrong(node, `There is no \`${node.args}\` here. Did you mean \`${nearest(node.args, names)}\`?`)
  }

  #call(node: Node<'call'>): void {
    const [called, values] = node.args
    const [of] = values
    if (called === 'has' && of && this.#asked(of))
      throw this.#wrong(node, 'A field that is not known makes the whole value unknown: `has` cannot ask for it.')
    for (const each of values) this.look(each)
  }

  #method(node: Node<'rcall'>): void {
    const [called, receiver, values] = node.args
    const why = refused.get(called)
    if (why) throw this.#wrong(node, why)
    this.look(receiver)
    const [name, ...bodies] = values
    if (name?.op === 'id' && loops.has(called)) this.#loop(node, name, bodies)
    else for (const each of values) this.look(each)
  }

  #loop(node: Node<'rcall'>, name: Node<'id'>, bodies: readonly ASTNode[]): void {
    if (this.#bound !== null) throw this.#wrong(node, `\`${node.args[0]}\` cannot stand inside another such call.`)
    if (this.#variables.has(name.args)) throw this.#wrong(name, `\`${name.args}\` is the name of something else here.`)
    this.#bound = name.args
    for (const each of bodies) this.look(each)
    this.#bound = null
  }

  #wrong = (node: ASTNode, reason: string) => new ExpressionFault(this.#text, node.start, reason)
}

/** Whatever the kind of node, it holds others at most three lists deep. */
const childrenOf = ({ args }: ASTNode): ASTNode[] =>
  [args].flat(3).filter((each): each is ASTNode => typeof each === 'object' && each !== null && 'op' in each)
