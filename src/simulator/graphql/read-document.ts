import { buildSchema, type DocumentNode, GraphQLError, parse, validate } from 'graphql'
import { sdl } from '../generated/graphql-schema.ts'

export const schema = buildSchema(sdl)

/** The text of a query, understood: its document (null: it does not parse), and what is wrong with it. */
export interface Reading {
  readonly document: DocumentNode | null
  readonly faults: readonly GraphQLError[]
}

/** A client asks in few texts again and again, and reading one takes longer than answering it. */
const kept = new Map<string, Reading>()
const mostKept = 100

export function readDocument(source: string): Reading {
  const reading = kept.get(source) ?? read(source)
  if (kept.size >= mostKept) kept.clear()
  kept.set(source, reading)
  return reading
}

function read(source: string): Reading {
  try {
    const document = parse(source)
    return { document, faults: validate(schema, document) }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return { document: null, faults: [error] }
  }
}
