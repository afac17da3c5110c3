import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { type DescribedOperation, type Json, readDescription, referring } from './openapi.ts'

/** What is judged of a request: the path without the prefix of a GHES, values of the query as strings. */
export interface JudgedRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Schemas that list their properties take no others. Alternatives only add to the object around them. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  const lists = inner.type === 'object' && 'properties' in inner && !('additionalProperties' in inner)
  return lists ? { ...inner, additionalProperties: false } : inner
}

const graphql: DescribedOperation = {
  parameters: [],
  body: {
    required: true,
    schema: {
      type: 'object',
      properties: {
        query: { type: 'string' },
        variables: { type: ['object', 'null'] },
        operationName: { type: ['string', 'null'] },
      },
      required: ['query'],
    },
  },
}

/** `{ref}` takes slashes, as refs have them; any other parameter is one segment. */
const pattern = (route: string): RegExp =>
  new RegExp(`^${route.replace('{ref}', '.+').replaceAll(/\{\w+\}/g, '[^/]+')}$`)

const said = ({ instancePath, message, params }: ErrorObject): string =>
  `${instancePath || 'it'} ${message} ${JSON.stringify(params)}`

/** No schema says this rule of “Create a check run” and “Update a check run”. */
function completedWithoutConclusion(route: string, body: unknown): boolean {
  const { status, conclusion } = (body ?? {}) as { status?: unknown; conclusion?: unknown }
  return route.includes('/check-runs') && status === 'completed' && conclusion === undefined
}

let judge: ((request: JudgedRequest) => void) | null = null

/**
 * Judges requests by GitHub's OpenAPI description. The returned function throws an error that names operation and fault
 * for an operation, query name or property that GitHub does not describe, a wrong type, or something required and
 * missing. It is one for all, and compiles a schema when it is first needed.
 */
export function openApiJudge(): (request: JudgedRequest) => void {
  judge ??= readJudge()
  return judge
}

function readJudge(): (request: JudgedRequest) => void {
  const { operations, components } = readDescription()
  const all: Record<string, DescribedOperation> = { ...operations, 'POST /graphql': graphql }
  // The longer first: `{ref}` would swallow what stands behind it.
  const longestFirst = Object.keys(all).toSorted((one, other) => other.length - one.length)
  const routes = longestFirst.map((route) => ({ route, expression: pattern(route) }))
  const ajv = new Ajv({ strict: false, allErrors: true })
  const ajvQuery = new Ajv({ strict: false, allErrors: true, coerceTypes: true })
  for (const each of [ajv, ajvQuery]) {
    formats.default(each)
    each.addSchema({ $id: 'github', ...(closed({ components }) as Json) })
  }
  const compiled = new Map<string, ValidateFunction>()
  const faults = (judge: Ajv, key: string, schema: Json, value: unknown): string[] => {
    const validate = compiled.get(key) ?? judge.compile(referring(closed(schema) as Json))
    compiled.set(key, validate)
    return validate(value) ? [] : (validate.errors ?? []).map(said)
  }
  const faultsOf = (route: string, { parameters, body }: DescribedOperation, request: JudgedRequest): string[] => {
    const queryFaults = faults(ajvQuery, `${route} query`, querySchema(parameters), { ...request.query })
    if (request.body === undefined) return body?.required ? [...queryFaults, 'a body is required'] : queryFaults
    if (!body) return [...queryFaults, 'it takes no body']
    const rule = completedWithoutConclusion(route, request.body) ? ['a completed check run needs a conclusion'] : []
    return [...queryFaults, ...faults(ajv, route, body.schema, request.body), ...rule]
  }

  return (request) => {
    const asked = `${request.method} ${request.path}`
    const known = routes.find(({ expression }) => expression.test(asked))
    const described = known && all[known.route]
    if (!known || !described) throw new Error(`${asked}: GitHub describes no such operation.`)
    const found = faultsOf(known.route, described, request)
    if (found.length > 0) throw new Error(`${known.route}: ${found.join('; ')}`)
  }
}

/** The query as one object that has no other names than the described. */
function querySchema(parameters: DescribedOperation['parameters']): Json {
  const named = parameters.filter((parameter) => parameter.in === 'query')
  return {
    type: 'object',
    properties: Object.fromEntries(named.map(({ name, schema }) => [name, schema])),
    required: named.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  }
}
