import { Environment } from '@marcbachmann/cel-js'
import type { Field, ResourceType } from '../../model/resource-type.ts'
import { resourceTypes } from '../../resources/index.ts'
import { like } from './like.ts'
import { type View, viewOf } from './view.ts'

interface Variable {
  readonly type: ResourceType
  readonly view: View
}

/** What an expression about resources of one type may name. */
export interface Language {
  /** `resource`, and it and those above it by the last word of their types: `repository`, `organization`. */
  readonly variables: ReadonlyMap<string, Variable>
  readonly environment: Environment
}

/** What a field of a kind is to CEL: any may be null, which is refused only where it is used. */
const celType: Readonly<Record<Field['kind'], string>> = {
  text: 'dyn<string>',
  number: 'dyn<int>',
  flag: 'dyn<bool>',
  time: 'dyn<google.protobuf.Timestamp>',
  json: 'dyn',
}

/** As much as a person writes. CEL has no loops but over lists, so that the size bounds the time. */
const limits = { maxAstNodes: 300, maxDepth: 30, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 4 }

const languages = new Map<string, Language>()

/** The language of expressions about resources of a type. Made once: it takes some milliseconds. */
export function languageOf(target: string): Language {
  const known = languages.get(target)
  if (known) return known
  const lineage = lineageOf(target).map((type): Variable => ({ type, view: viewOf(type) }))
  const [own] = lineage
  if (!own) throw new Error(`There is no resource type ${target}.`)
  const variables = new Map([['resource', own], ...lineage.map((each) => [nameOf(each.type), each] as const)])
  const environment = new Environment({ limits, homogeneousAggregateLiterals: false })
  environment.registerFunction('string.like(string): bool', like)
  for (const { type, view } of lineage) environment.registerType(celName(type), { ctor: view, fields: celFields(type) })
  for (const [name, { type }] of variables) environment.registerVariable(name, celName(type))
  const language = { variables, environment }
  languages.set(target, language)
  return language
}

/** The type and those above it, from below. */
function lineageOf(target: string): ResourceType[] {
  const type = resourceTypes.find((known) => known.type === target)
  return type ? [type, ...(type.parent === null ? [] : lineageOf(type.parent))] : []
}

/** `GitHub > Custom Property` → `customProperty`. */
const nameOf = (type: ResourceType): string => {
  const name = celName(type)
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`
}

const celName = ({ type }: ResourceType): string => (type.split(' > ').at(-1) ?? '').replaceAll(' ', '')

const celFields = ({ fields }: ResourceType): Record<string, string> =>
  Object.fromEntries(Object.entries<Field>(fields).map(([name, { kind }]) => [name, celType[kind]]))
