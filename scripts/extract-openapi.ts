/**
 * Takes the operations that the simulator serves out of GitHub's OpenAPI description, for tests to judge requests by.
 *
 *   node scripts/extract-openapi.ts path/to/api.github.com.json path/to/ghec.json
 *
 * The description is GitHub's own (https://github.com/github/rest-api-description), also in the package
 * `@octokit/openapi` as `generated/api.github.com.json`. What Enterprise Cloud alone has is in `generated/ghec.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { rules } from '../src/simulator/http/permissions.ts'

type Json = { readonly [key: string]: unknown }

/** Said of a schema, and of no use for judging. */
const wordy = new Set([
  'description',
  'title',
  'example',
  'examples',
  'externalDocs',
  'deprecated',
  'default',
  'readOnly',
])
const formats = new Set(['date-time', 'uri'])

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const objectIn = (value: unknown): Json => (isObject(value) ? value : {})
const mapValues = (object: Json, change: (value: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))

/** OpenAPI's `nullable` in the words of JSON Schema. */
function withNull({ nullable, ...schema }: Json): Json {
  if (!nullable) return schema
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] }
  const type = [schema.type, 'null']
  return Array.isArray(schema.enum) && !schema.enum.includes(null)
    ? { ...schema, type, enum: [...schema.enum, null] }
    : { ...schema, type }
}

/** The schema with nothing in it but what judges. Names of properties are no keywords. */
function bare(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(bare)
  if (!isObject(schema)) return schema
  const kept = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (wordy.has(key) || key.startsWith('x-')) return []
    if (key === 'format') return formats.has(String(value)) ? [[key, value]] : []
    if (key === 'properties') return [[key, mapValues(objectIn(value), bare)]]
    if (key === 'enum' || key === 'required') return [[key, value]]
    return [[key, bare(value)]]
  })
  return withNull(Object.fromEntries(kept))
}

const sources = process.argv.slice(2)
if (sources.length < 2)
  throw new Error('Name the files that hold GitHub’s OpenAPI descriptions: api.github.com.json ghec.json.')
const descriptions = sources.map((source): Json => JSON.parse(readFileSync(source, 'utf8')))

/** The first that describes something decides. */
const merged = (part: (description: Json) => unknown): Json =>
  Object.assign({}, ...descriptions.toReversed().map((description) => objectIn(part(description))))
/** What Enterprise Cloud takes besides is taken here: there are internal repositories. */
const wider = new Set(['PATCH /repos/{owner}/{repo}'])
const paths = merged(({ paths }) => paths)
const components = Object.fromEntries(
  ['parameters', 'responses', 'schemas'].map((kind) => [kind, merged((each) => objectIn(each.components)[kind])]),
)

/** Follows a `$ref` to a parameter or response; schemas stay referred to. */
function resolved(value: unknown): Json {
  const object = objectIn(value)
  if (typeof object.$ref !== 'string') return object
  const [, , kind = '', name = ''] = object.$ref.split('/')
  return objectIn(components[kind]?.[name])
}

const jsonSchema = (content: unknown): unknown => bare(objectIn(objectIn(objectIn(content)['application/json']).schema))

function extract(route: string): Json {
  const [method = '', path = ''] = route.split(' ')
  const item = objectIn(paths[path])
  const operation = objectIn(item[method.toLowerCase()])
  if (!operation.operationId) throw new Error(`GitHub describes no ${route}.`)
  const parameters = [...((item.parameters ?? []) as unknown[]), ...((operation.parameters ?? []) as unknown[])]
  const asked = wider.has(route)
    ? objectIn(objectIn(objectIn(descriptions.at(-1)?.paths)[path])[method.toLowerCase()])
    : operation
  const { content, required = false } = objectIn(asked.requestBody)
  const success = Object.entries(objectIn(operation.responses)).find(([status]) => status.startsWith('2'))
  const answer = success && objectIn(resolved(success[1]).content)
  return {
    parameters: parameters.map(resolved).map(({ name, in: where, required: must = false, schema }) => ({
      name,
      in: where,
      required: must,
      schema: bare(schema),
    })),
    ...(content !== undefined && { body: { required, schema: jsonSchema(content) } }),
    ...(answer?.['application/json'] !== undefined && { answer: jsonSchema(answer) }),
  }
}

const references = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name)

/** Every schema that these refer to, directly or not. */
function schemasFor(operations: Json): Json {
  const found = new Map<string, unknown>()
  const open = references(operations)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue
    const schema = bare(components.schemas?.[name])
    found.set(name, schema)
    open.push(...references(schema))
  }
  return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)))
}

const operations = Object.fromEntries(Object.keys(rules).map((route) => [route, extract(route)]))
const target = new URL('../test/support/generated/openapi-operations.json', import.meta.url)
writeFileSync(target, `${JSON.stringify({ operations, components: { schemas: schemasFor(operations) } })}\n`)
