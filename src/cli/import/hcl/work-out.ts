import type { Reference, Value } from './value.ts'

/** What a module gives names to: `local.name`, and `var.name` with its default (null: it has none). */
export interface Names {
  readonly locals: ReadonlyMap<string, Value>
  readonly variables: ReadonlyMap<string, Value | null>
}

/** Plain data. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain }

/** A value that only Terraform can work out; the message says why. */
export class NotPlain extends Error {}

/** What a value comes to where that stands in the files. Throws `NotPlain`. */
export function workOut(value: Value, names: Names, within: readonly string[] = []): Plain {
  const of = (inner: Value) => workOut(inner, names, within)
  switch (value.kind) {
    case 'literal':
      return value.value
    case 'template':
      return value.parts.map((part) => inText(of(part))).join('')
    case 'list':
      return value.items.map(of)
    case 'object':
      return Object.fromEntries(value.entries.map(([key, inner]) => [inText(of(key)), of(inner)]))
    case 'reference':
      return named(value, names, within)
    case 'computed':
      throw new NotPlain(`\`${shortened(value.text)}\` is worked out by Terraform`)
  }
}

function named({ path }: Reference, names: Names, within: readonly string[]): Plain {
  const [kind, name = '', ...steps] = path
  const all = kind === 'local' ? names.locals : kind === 'var' ? names.variables : undefined
  const full = `${kind}.${name}`
  const value = all?.get(name)
  if (value === null) throw new NotPlain(`\`${full}\` has no default`)
  if (value === undefined) throw new NotPlain(`\`${path.join('.')}\` is known to Terraform alone`)
  if (within.includes(full)) throw new NotPlain(`\`${full}\` is made of itself`)
  return steps.reduce(step, workOut(value, names, [...within, full]))
}

function step(of: Plain, name: string): Plain {
  const inner = typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? Object(of)[name] : undefined
  if (inner === undefined) throw new NotPlain(`there is no \`${name}\` in it`)
  return inner
}

function inText(value: Plain): string {
  if (typeof value === 'object') throw new NotPlain('a list or an object stands in a text')
  return String(value)
}

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
