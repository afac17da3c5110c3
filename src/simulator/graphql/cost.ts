import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

/** What a call costs before it is answered. */
export interface Cost {
  /** Points of the primary limit, at least 1. */
  readonly points: number
  /** Nodes that it asks for at most. */
  readonly nodes: number
  readonly mutation: boolean
}

type Variables = Readonly<Record<string, unknown>>

function argument(field: FieldNode, name: string, variables: Variables): unknown {
  const value: ValueNode | undefined = field.arguments?.find((each) => each.name.value === name)?.value
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value]
  if (value?.kind === Kind.INT) return Number(value.value)
  return value?.kind === Kind.LIST ? value.values : undefined
}

/** How many the field brings for each of its parent, and whether it is a connection; nothing when it is one thing. */
function breadth(field: FieldNode, variables: Variables): { many: number; connection: boolean } | undefined {
  const size = argument(field, 'first', variables) ?? argument(field, 'last', variables)
  if (typeof size === 'number') return { many: Math.max(0, size), connection: true }
  const ids = argument(field, 'ids', variables)
  return Array.isArray(ids) ? { many: ids.length, connection: false } : undefined
}

function named(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
  return name ? operations.find((each) => each.name?.value === name) : operations[0]
}

/**
 * GitHub's formula: the requests that each connection needs, as if every `first` and `last` were reached, by 100
 * (https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api).
 */
export function costOf(document: DocumentNode, operationName: string | null | undefined, variables: Variables): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const each of document.definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each)
  }
  let requests = 0
  let nodes = 0
  const walk = (set: SelectionSetNode | undefined, parents: number, within: readonly string[]): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, parents, within)
      if (selection.kind === Kind.FRAGMENT_SPREAD && !within.includes(selection.name.value)) {
        const { value } = selection.name
        walk(fragments.get(value)?.selectionSet, parents, [...within, value])
      }
      if (selection.kind !== Kind.FIELD) continue
      const found = breadth(selection, variables)
      if (found?.connection) requests += parents
      nodes += parents * (found?.many ?? 0)
      walk(selection.selectionSet, parents * (found?.many ?? 1), within)
    }
  }
  const operation = named(document, operationName)
  walk(operation?.selectionSet, 1, [])
  return { points: Math.max(1, Math.round(requests / 100)), nodes, mutation: operation?.operation === 'mutation' }
}
