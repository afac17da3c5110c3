import { Kind, OperationTypeNode, parse } from 'graphql'
import type { Answer, GraphAnswer } from '../model/github.ts'
import { graphFacts, isObject, type RefusalFacts, unansweredFacts } from './refusal-facts.ts'

type GraphError = GraphAnswer<unknown>['errors'][number]

/** Why the document is not sent, or null when it asks and changes nothing. */
export const whyNoQuery = (document: string): string | null =>
  whyNot(document, OperationTypeNode.QUERY, 'only queries are allowed')

/** Why the document is not sent, or null when all that it does is change something. */
export const whyNoMutation = (document: string): string | null =>
  whyNot(document, OperationTypeNode.MUTATION, 'only mutations are allowed')

function whyNot(document: string, wanted: OperationTypeNode, words: string): string | null {
  try {
    const operations = parse(document).definitions.filter((definition) => definition.kind !== Kind.FRAGMENT_DEFINITION)
    const asks = operations.map((each) => each.kind === Kind.OPERATION_DEFINITION && each.operation)
    if (asks.length === 0) return 'the document has no operation'
    return asks.every((operation) => operation === wanted) ? null : words
  } catch (error) {
    return error instanceof Error ? error.message : 'the document is no GraphQL'
  }
}

/** GitHub's errors beside the data; those without a type (a syntax error, a time-out) have null. */
export function graphErrors(data: unknown): GraphError[] {
  const errors = isObject(data) && Array.isArray(data.errors) ? data.errors : []
  return errors.filter(isObject).map(({ type, message, path }) => ({
    type: typeof type === 'string' ? type : null,
    message: typeof message === 'string' ? message : '',
    path: Array.isArray(path) ? path.filter((part) => typeof part === 'string' || typeof part === 'number') : [],
  }))
}

/**
 * GraphQL refuses with HTTP 200. It did where there is no data, where a rate limit says so, or where an error is about
 * the whole query: it names no field, or no field of the first level came. What is not found, and what is refused beside
 * other data, stays with the data as an error.
 */
export function graphRefusal(answer: Answer<unknown>, secrets: readonly string[]): RefusalFacts | null {
  const { headers, data: body } = answer
  const data = isObject(body) && isObject(body.data) ? body.data : null
  const errors = graphErrors(body)
  const nothing = Object.values(data ?? {}).every((field) => field === null)
  const [first] = data ? errors.filter((error) => isWhole(error, nothing)) : errors
  if (first) return graphFacts(headers, first, secrets)
  return data ? null : unansweredFacts('the answer has neither data nor errors', secrets)
}

/** What changes something was refused where anything was: nothing beside it is of interest. */
export function mutationRefusal(answer: Answer<unknown>, secrets: readonly string[]): RefusalFacts | null {
  const [first] = graphErrors(answer.data)
  return first ? graphFacts(answer.headers, first, secrets) : graphRefusal(answer, secrets)
}

function isWhole({ type, path }: GraphError, nothing: boolean): boolean {
  if (type?.startsWith('RATE_LIMIT')) return true
  return type !== null && type !== 'NOT_FOUND' && (nothing || path.length === 0)
}
